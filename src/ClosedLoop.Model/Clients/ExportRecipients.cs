namespace ClosedLoop.Model.Clients;

/// <summary>Which runs a recipient is in (closed-loop spec section 17.4).</summary>
public enum ExportRecipients
{
    /// <summary>Those that list the mailing: at its start and at its end.</summary>
    Snapshot,

    /// <summary>Also later ones, when the recipient's status has changed since the cut-off before.</summary>
    Changed,
}
