using ClosedLoop.Data.Suppression;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Actions;

/// <summary>What can be done about one person, or all whom a pattern fits.</summary>
internal sealed class RecipientActions(ActionDesk desk, AuditTrail audit, Blocklist blocklist, UntrackedList untracked, BounceCounters counters, UnsubscribeStore unsubscribes, Tables tables)
{
    public Task<ActionResult> BlockAsync(Caller caller, string key, string entry, string? reason) => OnEntryAsync(caller, key, entry, "recipient.block", reason, async (client, pattern) =>
        await blocklist.AddAsync(client, pattern, reason ?? "operator") ? (true, $"{entry} gets no more mail") : (false, $"{entry} is on the blocklist already"));

    public Task<ActionResult> UnblockAsync(Caller caller, string key, string entry, string? reason) => OnEntryAsync(caller, key, entry, "recipient.unblock", reason, async (client, pattern) =>
        await blocklist.RemoveAsync(client, pattern) ? (true, $"{entry} is off the blocklist") : (false, $"{entry} is not on the blocklist"));

    public Task<ActionResult> UntrackAsync(Caller caller, string key, string entry, string? reason) => OnAddressAsync(caller, key, entry, "recipient.untrack", reason, async (client, address) =>
        await untracked.AddAsync(client, address, reason ?? "operator") ? (true, $"opens and clicks of {address} are not kept from now on") : (false, $"{address} is untracked already"));

    public Task<ActionResult> TrackAsync(Caller caller, string key, string entry, string? reason) => OnAddressAsync(caller, key, entry, "recipient.track", reason, async (client, address) =>
        await untracked.RemoveAsync(client, address) ? (true, $"opens and clicks of {address} are kept again") : (false, $"{address} is not on the list"));

    public Task<ActionResult> ResetBouncesAsync(Caller caller, string key, string address, string? reason) => desk.OnClientAsync(caller, key, client =>
        audit.RunAsync(caller, "recipient.bounces", Subject(client.Key, address), client.Id, reason, () => Look(client.Id, address), async () => await counters.ResetAsync(client.Id, address)
            ? ActionResult.Of(done: true, "the counters are back to 0")
            : ActionResult.Of(done: false, "no bounce of this address is counted")));

    /// <summary>Takes an unsubscribe back. Only with a reason: the person must have asked for it.</summary>
    public Task<ActionResult> ResubscribeAsync(Caller caller, string key, string entry, string? reason) => string.IsNullOrWhiteSpace(reason)
        ? Task.FromResult(ActionResult.Bad("CL9509", "an unsubscribe is taken back only with a reason: who asked for it, and how"))
        : OnAddressAsync(caller, key, entry, "recipient.resubscribe", reason, async (client, address) =>
            await unsubscribes.RemoveAsync(client, address) ? (true, $"{address} is no longer unsubscribed") : (false, $"{address} is not unsubscribed"));

    private Task<ActionResult> OnEntryAsync(Caller caller, string key, string entry, string action, string? reason, Func<long, AddressPattern, Task<(bool Done, string Text)>> act) =>
        desk.OnClientAsync(caller, key, client => AddressPattern.TryParse(entry) is { } pattern && (!pattern.IsLiteral || AnyAddress.TryNormalise(pattern.Literal) is not null)
            ? audit.RunAsync(caller, action, Subject(client.Key, entry), client.Id, reason, () => Look(client.Id, entry), async () => Result(await act(client.Id, pattern)))
            : Task.FromResult(ActionResult.Bad("CL6004", $"'{entry}' is no address and no pattern of addresses; expected such as anna@example.com, +4915112345678 or *@example.com")));

    private Task<ActionResult> OnAddressAsync(Caller caller, string key, string entry, string action, string? reason, Func<long, string, Task<(bool Done, string Text)>> act) =>
        desk.OnClientAsync(caller, key, client => AnyAddress.TryNormalise(entry) is { } address
            ? audit.RunAsync(caller, action, Subject(client.Key, address), client.Id, reason, () => Look(client.Id, address), async () => Result(await act(client.Id, address)))
            : Task.FromResult(ActionResult.Bad("CL6004", $"'{entry}' is no address; expected such as anna@example.com")));

    private object Look(long clientId, string entry) => new
    {
        suppressed = tables.Read("SELECT kind, COALESCE(reason, '') FROM suppression WHERE client_id = $1 AND address = $2",
            reader => new { kind = reader.GetInt32(0) == 0 ? "blocked" : "unsubscribed", origin = reader.GetString(1) }, clientId, entry.ToLowerInvariant()),
        untracked = tables.Number("SELECT COUNT(*) FROM untracked WHERE client_id = $1 AND address = $2", clientId, entry.ToLowerInvariant()) > 0,
    };

    private static ActionResult Result((bool Done, string Text) outcome) => ActionResult.Of(outcome.Done, outcome.Text);

    private static string Subject(string key, string entry) => $"recipient/{key}/{entry.ToLowerInvariant()}";
}
