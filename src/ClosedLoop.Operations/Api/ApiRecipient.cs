namespace ClosedLoop.Operations.Api;

/// <summary>Everything about one person.</summary>
internal sealed record ApiRecipient(string? Address, IReadOnlyList<ApiStanding> Standing, IReadOnlyList<ApiMessage> Messages, long NotSearched);
