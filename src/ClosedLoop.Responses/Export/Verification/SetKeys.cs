namespace ClosedLoop.Responses.Export.Verification;

/// <summary>What the event files of one set name, to be found in the others.</summary>
internal sealed class SetKeys
{
    /// <summary>Links named by clicks and opens, with mailing and recipient.</summary>
    public Dictionary<long, (long Mailing, long Recipient, string File, long Row)> Links { get; } = [];

    /// <summary>Recipients named by events, with the mailing and a hash of the address.</summary>
    public Dictionary<long, (long Mailing, int Address, string File, long Row)> Recipients { get; } = [];

    /// <summary>Mailings listed, with their start as written.</summary>
    public Dictionary<long, string> Started { get; } = [];
}
