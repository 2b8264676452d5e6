namespace ClosedLoop.Intake.Orders.Filters;

/// <summary>A compiled filter.</summary>
/// <param name="row">The row to look at.</param>
/// <param name="today">The day in the account's zone that <c>today</c> means.</param>
public delegate bool FilterTest(IFilterRow row, DateOnly today);
