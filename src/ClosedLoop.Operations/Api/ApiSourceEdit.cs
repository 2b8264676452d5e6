namespace ClosedLoop.Operations.Api;

/// <summary>An edit of a source mailing; what is missing stays as it is.</summary>
internal sealed record ApiSourceEdit(string? Subject, string? Html, string? Text, string? Reason);
