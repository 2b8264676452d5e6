using ClosedLoop.Data.Optimove;

namespace ClosedLoop.Optimove;

/// <summary>How a connector is doing, for people. No secrets, no customers.</summary>
/// <param name="Client">Key of the client.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Why.</param>
/// <param name="Since">Since when.</param>
/// <param name="Version">Version saved.</param>
/// <param name="RegisteredVersion">Version whose listeners are registered.</param>
/// <param name="BaseUrl">Address of Optimove's API.</param>
/// <param name="ListenerUrl">Address that Optimove calls, its key cut out.</param>
/// <param name="NotAllowed">Calls that the key may not make.</param>
/// <param name="Listeners">Listeners as we know them.</param>
/// <param name="Campaigns">Newest campaigns.</param>
/// <param name="Results">Results by whether Optimove was told.</param>
/// <param name="AttributesWaiting">Attributes on their way.</param>
/// <param name="DeadLetters">Attributes that Optimove refused.</param>
/// <param name="NewestDeadLetters">Errors and fields of the newest of them.</param>
/// <param name="Profiles">People known.</param>
/// <param name="CallsNotUsed">Calls of the last hour of which nobody got a message, by why.</param>
/// <param name="Preferences">What customers want of channels, by whether Optimove was told.</param>
public sealed record ConnectorReport(
    string Client, string State, string? Reason, DateTimeOffset Since, int Version, int RegisteredVersion, string BaseUrl, string ListenerUrl, IReadOnlyList<string> NotAllowed,
    IReadOnlyList<ListenerRow> Listeners, IReadOnlyList<CampaignRow> Campaigns, IReadOnlyDictionary<string, long> Results, long AttributesWaiting, long DeadLetters,
    IReadOnlyList<string> NewestDeadLetters, long Profiles, IReadOnlyDictionary<string, long> CallsNotUsed, IReadOnlyDictionary<string, long> Preferences);
