namespace ClosedLoop.Data.Orders;

/// <summary>A step that an operation was in.</summary>
/// <param name="SubStatus">Its name.</param>
/// <param name="Message">What there is to say about it.</param>
/// <param name="BegunAt">Microseconds.</param>
/// <param name="EndedAt">Microseconds; <c>null</c> for the newest of a running operation.</param>
public sealed record OperationTransition(string SubStatus, string Message, long BegunAt, long? EndedAt);
