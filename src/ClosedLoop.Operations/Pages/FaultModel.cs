namespace ClosedLoop.Operations.Pages;

/// <summary>Why a page is not shown.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">In a few words.</param>
/// <param name="Text">What was found, and what to do.</param>
/// <param name="RequestId">Under which the log has it.</param>
/// <param name="What">What was asked for.</param>
/// <param name="Retry">Address that asks once more; <c>null</c> where that would do something a second time.</param>
public sealed record FaultModel(int Status, string Title, string Text, string RequestId, string What, string? Retry);
