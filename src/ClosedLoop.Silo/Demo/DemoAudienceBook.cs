namespace ClosedLoop.Silo.Demo;

/// <summary>The audience's own book.</summary>
internal sealed record DemoAudienceBook(long Messages, long Repeated, long Opens, long AutomaticOpens, long Clicks, long Unsubscribes, long Returned, long FailedRequests);
