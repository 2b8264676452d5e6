namespace ClosedLoop.Mail.Sink;

/// <summary>One line of the sink's ledger: a message it took responsibility for.</summary>
public sealed record SinkRecord
{
    /// <summary>Running number over all restarts, from 1.</summary>
    public required long N { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime At { get; init; }

    public required string From { get; init; }

    public required IReadOnlyList<string> To { get; init; }

    /// <summary>With angle brackets, as in the header.</summary>
    public string? MessageId { get; init; }

    /// <summary>Decoded.</summary>
    public string? Subject { get; init; }

    /// <summary>Octets of the message.</summary>
    public required int Bytes { get; init; }

    public required int Session { get; init; }

    /// <summary>The user that authenticated; null without AUTH.</summary>
    public string? User { get; init; }

    /// <summary>The parameters of RFC 3461 as they came, those of MAIL first; null when there were none.</summary>
    public string? Dsn { get; init; }

    /// <summary>File name of the raw message store, beside the ledger.</summary>
    public string? File { get; init; }

    /// <summary>Where in the store the message begins.</summary>
    public long? Offset { get; init; }
}
