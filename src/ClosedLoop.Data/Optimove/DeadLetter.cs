namespace ClosedLoop.Data.Optimove;

/// <summary>An update that Optimove refused.</summary>
public sealed record DeadLetter(long LetterId, string Customer, string Field, string? Value, string Error, long At);
