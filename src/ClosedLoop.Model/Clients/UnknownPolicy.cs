namespace ClosedLoop.Model.Clients;

/// <summary>What to do with a recipient that was being sent when the process died.</summary>
public enum UnknownPolicy
{
    /// <summary>Shown as in doubt, never repeated by itself.</summary>
    Hold,

    /// <summary>Sent again with the same Message-ID, so that a receiver can drop the second copy.</summary>
    Resend,
}
