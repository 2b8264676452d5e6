namespace ClosedLoop.Data.Auditing;

/// <summary>One action of a person or a program.</summary>
public sealed record AuditEntry
{
    /// <summary>Running number; 0 before it is stored.</summary>
    public long Id { get; init; }

    /// <summary>Microseconds; set when it is stored.</summary>
    public long At { get; init; }

    /// <summary>Who.</summary>
    public required string Actor { get; init; }

    /// <summary>By which way: <c>dashboard</c>, <c>api</c>, <c>command line</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>What, as in <c>mailing.pause</c>.</summary>
    public required string Action { get; init; }

    /// <summary>On what, as in <c>mailing/71000000002</c>.</summary>
    public required string Subject { get; init; }

    public long? ClientId { get; init; }

    /// <summary>Whether it was carried out.</summary>
    public required bool Done { get; init; }

    /// <summary>What was answered.</summary>
    public required string Answer { get; init; }

    public string? Reason { get; init; }

    /// <summary>The subject before, as JSON.</summary>
    public string? Before { get; init; }

    /// <summary>The subject after, as JSON.</summary>
    public string? After { get; init; }

    public string? RequestId { get; init; }
}
