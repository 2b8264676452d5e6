namespace ClosedLoop.Model.Clients;

/// <summary>One meaning of an answer. All that is given must fit.</summary>
public sealed record GatewayRule
{
    /// <summary>HTTP status, <c>200</c>, or a class, <c>2xx</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Path into the answer's JSON, such as <c>status</c> or <c>messages.0.code</c>.</summary>
    public string? Path { get; init; }

    /// <summary>What stands at <see cref="Path"/>; one of them is enough. Empty: anything.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Text that the answer contains.</summary>
    public string? Contains { get; init; }

    /// <summary><c>accepted</c>, <c>retry</c> (this recipient later), <c>throttled</c> (everybody later), <c>giveUp</c>, <c>invalid</c> (no such number) or <c>unknown</c>.</summary>
    public required string Means { get; init; }
}
