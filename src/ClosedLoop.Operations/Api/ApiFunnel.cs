namespace ClosedLoop.Operations.Api;

/// <summary>Distinct recipients who did something; machines apart.</summary>
internal sealed record ApiFunnel(long Openers, long AutomaticOpeners, long Clickers, long Unsubscribers, long Opens, long AutomaticOpens, long Clicks);
