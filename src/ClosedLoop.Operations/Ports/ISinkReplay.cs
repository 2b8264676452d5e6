using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Operations.Ports;

/// <summary>Puts messages into the built-in sink, to be looked at. There is no other place it could send to.</summary>
public interface ISinkReplay
{
    /// <summary>Whether the sink is the service's own, on this machine, and keeps messages.</summary>
    bool IsThere { get; }

    /// <summary>Why the mailing's messages cannot be made again; <c>null</c> when they can.</summary>
    string? Missing(MailingRow mailing);

    /// <summary>By what was frozen.</summary>
    /// <param name="mailing">The mailing; its content is frozen.</param>
    /// <param name="mails">For whom.</param>
    /// <param name="cancellation">Breaks it off.</param>
    /// <returns>What came of it.</returns>
    Task<Replayed> ReplayAsync(MailingRow mailing, IReadOnlyList<TrialMail> mails, CancellationToken cancellation);

    /// <summary>By a source mailing as it is now, for recipients whose mailing is not frozen yet.</summary>
    /// <param name="source">The source mailing.</param>
    /// <param name="client">Its client.</param>
    /// <param name="mails">For whom.</param>
    /// <param name="cancellation">Breaks it off.</param>
    /// <returns>What came of it.</returns>
    Task<Replayed> TryAsync(SourceMailing source, ClientDefinition client, IReadOnlyList<TrialMail> mails, CancellationToken cancellation);
}
