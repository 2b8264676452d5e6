namespace ClosedLoop.Data.Ledger;

/// <summary>Recipients of a mailing that wait for the same reason.</summary>
/// <param name="Reason">What was said to the last attempt, or the lane that holds them up.</param>
/// <param name="Recipients">How many.</param>
/// <param name="First">Microseconds; when the first of them is due.</param>
/// <param name="Last">Microseconds; when the last is.</param>
public sealed record Delay(string Reason, long Recipients, long First, long Last);
