namespace ClosedLoop.Operations.Pages;

/// <summary>A page that could not be shown.</summary>
public sealed record FaultModel(int Status, string Title, string Text, string RequestId);
