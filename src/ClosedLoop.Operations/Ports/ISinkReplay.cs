using ClosedLoop.Data.Mailings;

namespace ClosedLoop.Operations.Ports;

/// <summary>Puts messages of a mailing into the built-in sink once more, to be looked at. There is no other place it could send to.</summary>
public interface ISinkReplay
{
    /// <summary>Whether the sink is the service's own, on this machine, and keeps messages.</summary>
    bool IsThere { get; }

    /// <summary>Why the mailing's messages cannot be made again; <c>null</c> when they can.</summary>
    string? Missing(MailingRow mailing);

    /// <param name="mailing">The mailing; its content is frozen.</param>
    /// <param name="people">Position, address and columns of each recipient.</param>
    /// <param name="cancellation">Breaks it off.</param>
    /// <returns>What came of it.</returns>
    Task<Replayed> ReplayAsync(MailingRow mailing, IReadOnlyList<(int Sequence, string Address, byte[] Fields)> people, CancellationToken cancellation);
}
