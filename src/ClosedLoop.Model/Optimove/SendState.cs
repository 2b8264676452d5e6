namespace ClosedLoop.Model.Optimove;

/// <summary>What became of a customer before sending; from <see cref="Planned"/> on the ledger says it. The numbers are stored.</summary>
public enum SendState
{
    /// <summary>In the ledger of a mailing.</summary>
    Planned = 0,

    /// <summary>Nobody has this id.</summary>
    UnknownUser = 1,

    /// <summary>No agreement to be written to.</summary>
    Refused = 2,

    /// <summary>No source mailing of that number.</summary>
    UnknownTemplate = 3,

    /// <summary>Too late to send.</summary>
    Expired = 4,

    /// <summary>No address for the channel.</summary>
    NoAddress = 5,

    /// <summary>The campaign was cancelled before this customer was planned.</summary>
    Cancelled = 6,

    /// <summary>More triggers than a customer may get.</summary>
    Flood = 7,

    /// <summary>Attributes that the template names could not be had, and the connector wants them.</summary>
    MissingAttribute = 8,
}
