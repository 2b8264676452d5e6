namespace ClosedLoop.Operations.Ports;

/// <summary>Tells of a resend in the log that the client gets with its file.</summary>
public interface IMailingJournal
{
    Task ResentAsync(long mailingId, string text);
}
