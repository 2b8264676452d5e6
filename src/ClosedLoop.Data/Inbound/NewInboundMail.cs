using ClosedLoop.Model.Responses;

namespace ClosedLoop.Data.Inbound;

/// <summary>A mail to be registered, with all that follows from it.</summary>
public sealed record NewInboundMail
{
    /// <summary>SHA-256 of the raw mail, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Which entry it came by, as in <c>pop3:user@host</c>.</summary>
    public required string Source { get; init; }

    /// <summary>What the entry calls it: UIDL, Maildir name, else the hash.</summary>
    public required string SourceKey { get; init; }

    /// <summary>Octets.</summary>
    public required int Size { get; init; }

    /// <summary>Number of the kind, see <c>ReturnedMailKind</c> of the mail library.</summary>
    public required int Kind { get; init; }

    public required InboundOutcome Outcome { get; init; }

    /// <summary>Null when it belongs to no known message.</summary>
    public InboundTarget? Target { get; init; }

    /// <summary>Set when <see cref="Outcome"/> is <see cref="InboundOutcome.Response"/>.</summary>
    public ResponseCategory? Category { get; init; }

    public string? Sender { get; init; }

    public string? Recipient { get; init; }

    public string? Subject { get; init; }

    /// <summary>Codes and the other side's words, or how it was matched.</summary>
    public string? Detail { get; init; }

    /// <summary>Where the raw mail lies, relative to the folder of inbound mail.</summary>
    public required string Path { get; init; }

    /// <summary>Microseconds since 1970.</summary>
    public required long ReceivedAt { get; init; }
}
