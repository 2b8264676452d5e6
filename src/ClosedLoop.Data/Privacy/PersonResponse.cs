using ClosedLoop.Model.Responses;

namespace ClosedLoop.Data.Privacy;

/// <summary>What came back for a message. <paramref name="OccurredAt"/> in microseconds.</summary>
public sealed record PersonResponse(ResponseCategory Category, long OccurredAt, string Origin, string? Detail);
