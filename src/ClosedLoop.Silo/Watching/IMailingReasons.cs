namespace ClosedLoop.Silo.Watching;

/// <summary>Says why a mailing stands.</summary>
internal interface IMailingReasons
{
    /// <summary>What whoever paused it gave as the reason; <c>null</c> when nothing was said.</summary>
    Task<string?> OfAsync(long mailingId);
}
