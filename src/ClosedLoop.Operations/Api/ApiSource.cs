namespace ClosedLoop.Operations.Api;

/// <summary>A source mailing in its newest version.</summary>
internal sealed record ApiSource(long Id, string Client, string Name, int Version, string Status, string Subject, string? Html, string? Text);
