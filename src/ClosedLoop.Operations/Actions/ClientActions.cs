using System.Globalization;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Grains.Exports;
using ClosedLoop.Grains.Mailings;
using ClosedLoop.Grains.Zones;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Operations.Actions;

/// <summary>What can be done for a client as a whole: its folder, its ways out, its export.</summary>
internal sealed partial class ClientActions(
    ActionDesk desk, AuditTrail audit, IGrainFactory grains, ILaneControl lanes, IExportControl exports, MailingStore mailings, RecipientLedger ledger, DefinitionStore definitions, Data.Delivery.LaneStore holds,
    Data.Delivery.LaneLimitStore limits)
{
    private const double LongestHold = 30 * 86_400;

    public Task<ActionResult> PollAsync(Caller caller, string key) => desk.OnClientAsync(caller, key, async client =>
    {
        await grains.GetGrain<IDropZoneGrain>(client.Key).PollAsync();
        return ActionResult.Of(done: true, "the folder was looked at");
    });

    public Task<ActionResult> HoldAsync(Caller caller, string key, string? domain, double seconds, string reason) => desk.OnClientAsync(caller, key, client =>
    {
        if (DomainFault(domain, client) is { } fault) return Task.FromResult(fault);
        if (seconds is not (> 0 and <= LongestHold)) return Task.FromResult(ActionResult.Bad("CL6003", "a hold lasts more than nothing and at most 30 days"));
        return audit.RunAsync(caller, "lane.hold", Lane(client, domain), client.Id, reason, () => Look(client), async () =>
        {
            var lane = await lanes.HoldAsync(client, domain, TimeSpan.FromSeconds(seconds), "operator: " + reason);
            return ActionResult.Of(done: true, string.Create(CultureInfo.InvariantCulture, $"{lane} is held for {TimeSpan.FromSeconds(seconds)}"));
        });
    });

    public Task<ActionResult> OpenAsync(Caller caller, string key, string? domain, string? reason) => desk.OnClientAsync(caller, key, client =>
    {
        if (DomainFault(domain, client) is { } fault) return Task.FromResult(fault);
        return audit.RunAsync(caller, "lane.open", Lane(client, domain), client.Id, reason, () => Look(client), async () =>
        {
            var lane = await lanes.HoldAsync(client, domain, TimeSpan.Zero, "opened by the operator");
            var hastened = await HastenAsync(client, lane);
            return ActionResult.Of(done: true, string.Create(CultureInfo.InvariantCulture, $"{lane} is open; {hastened} recipients need not wait longer"));
        });
    });

    /// <summary>Whoever was given a time by a lane asks again now.</summary>
    private async Task<int> HastenAsync(ClientDefinition client, string lane)
    {
        var sending = mailings.InState(MailingState.Sending).Where(row => row.ClientId == client.Id).Select(row => row.MailingId).ToList();
        var hastened = await ledger.HastenAsync(sending, lane);
        foreach (var mailing in sending) await grains.GetGrain<IMailingGrain>(mailing.ToString(CultureInfo.InvariantCulture)).HastenAsync();
        return hastened;
    }

    /// <summary>Cuts off now and writes the eight files.</summary>
    public Task<ActionResult> ExportAsync(Caller caller, string key, string? reason) => desk.OnClientAsync(caller, key, client =>
        audit.RunAsync(caller, "export.run", "client/" + client.Key, client.Id, reason, () => null, async () =>
        {
            var run = await grains.GetGrain<IExportGrain>(client.Key).RunAsync();
            return run == 0
                ? ActionResult.Of(done: false, "the export is switched off for this client; see export.enabled in its definition")
                : ActionResult.Of(done: true, string.Create(CultureInfo.InvariantCulture, $"export run {run} started"));
        }));

    /// <summary>Writes an earlier run's files again and compares them with the published ones, which stay as they are.</summary>
    public Task<ActionResult> RebuildAsync(Caller caller, Reading.ExportLine run, CancellationToken cancellation) => OnRunAsync(caller, "export.rebuild", run, null, async () =>
    {
        var rebuilt = await exports.RebuildAsync(run.Run.RunId, cancellation);
        return rebuilt.Identical
            ? ActionResult.Of(done: true, string.Create(CultureInfo.InvariantCulture, $"{rebuilt.Files} files written again, byte for byte as published"))
            : ActionResult.Of(done: false, $"written again and DIFFERENT from what was published: {string.Join(", ", rebuilt.Different)}");
    });

    /// <summary>Puts a published run's files back where the client fetches them, with the bytes that were published.</summary>
    public Task<ActionResult> RedeliverAsync(Caller caller, Reading.ExportLine run, string? reason, CancellationToken cancellation) => OnRunAsync(caller, "export.redeliver", run, reason, async () =>
    {
        var (done, text) = await exports.RedeliverAsync(run.Run.RunId, cancellation);
        return ActionResult.Of(done, text);
    });

    private Task<ActionResult> OnRunAsync(Caller caller, string action, Reading.ExportLine run, string? reason, Func<Task<ActionResult>> act) =>
        definitions.FindClient(run.Run.ClientId) is not { } client || !caller.Sees(client.Value.Id)
            ? Task.FromResult(ActionResult.NotFound("CL7005", FormattableString.Invariant($"export run {run.Run.RunId} does not exist")))
            : audit.RunAsync(caller, action, string.Create(CultureInfo.InvariantCulture, $"export/{run.Run.RunId}"), client.Value.Id, reason, () => null, act);

    private string[] Look(ClientDefinition client) => [.. holds.All().Where(hold => hold.Name.StartsWith(client.Key + "/", StringComparison.Ordinal)).Select(hold => string.Create(CultureInfo.InvariantCulture, $"{hold.Name} until {Model.Instants.FromMicroseconds(hold.Until):u}: {hold.Reason}"))];

    private static string Lane(ClientDefinition client, string? domain) => $"lane/{client.Key}{(domain is null ? "" : "/" + domain)}";

    private ActionResult? DomainFault(string? domain, ClientDefinition client) =>
        domain is null || lanes.ProvidersOf(client).Contains(domain, StringComparer.Ordinal) || EmailAddress.TryNormalise("a@" + domain) is not null
            ? null
            : ActionResult.Bad("CL6003", $"'{domain}' is no domain; expected a name such as example.com, or a provider of the client such as sms-twilio");
}
