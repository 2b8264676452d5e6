namespace ClosedLoop.Model.Orders;

/// <summary>Statistics that are mailed some time after the start of the normal delivery.</summary>
/// <param name="Recipients">Addresses of registered users of the account.</param>
/// <param name="DelayHours">12 to 720.</param>
public sealed record StatisticsReport(IReadOnlyList<string> Recipients, int DelayHours);
