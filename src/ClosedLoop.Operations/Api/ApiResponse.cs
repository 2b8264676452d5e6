namespace ClosedLoop.Operations.Api;

/// <summary>A response; mailing, position and ordinal name it.</summary>
internal sealed record ApiResponse(long Mailing, int Sequence, int Ordinal, string Address, string Category, string Origin, string? Detail, DateTimeOffset At);
