namespace ClosedLoop.Optimove.Inbound;

/// <param name="Status"><c>accepted</c>, <c>duplicate</c> or <c>ignored</c>.</param>
internal sealed record ListenerAnswer(string Status);
