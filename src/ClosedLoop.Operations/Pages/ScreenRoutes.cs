using System.Globalization;
using System.Text.Json;
using ClosedLoop.Data.Auditing;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Delivery;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Grains.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Operations.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClosedLoop.Operations.Pages;

/// <summary>The screens that one looks at: every GET of the dashboard.</summary>
internal static partial class ScreenRoutes
{
    private const int PageSize = 50;

    public static void MapScreens(this IEndpointRouteBuilder endpoints)
    {
        var screens = endpoints.MapGroup("").ExcludeFromDescription();
        screens.MapGet("/", OverviewAsync);
        screens.MapGet("/files", FilesAsync);
        screens.MapGet("/files/{id:long}", FileAsync);
        screens.MapGet("/mailings", MailingsAsync);
        screens.MapGet("/mailings/{id:long}", MailingAsync);
        screens.MapGet("/recipients", RecipientsAsync);
        screens.MapGet("/delivery", DeliveryAsync);
        screens.MapGet("/responses", ResponsesAsync);
        screens.MapGet("/clients", ClientsAsync);
        screens.MapGet("/clients/{key}", ClientAsync);
        screens.MapGet("/forbidden", (HttpContext context, Screens show) =>
            show.FaultAsync(context, 403, "Not allowed", "Your role does not allow this. Ask an admin of this installation."));
    }

    private static async Task<IResult> OverviewAsync(
        HttpContext context, Screens show, AttentionReader attention, MailingsReader mailings, FilesReader files, ExportsReader exports, ZonesReader zones, FlowReader flow, DelayReader delays, IConnectors connectors,
        OperationsOptions options, string? span)
    {
        var client = Caller.Of(context).ClientId;
        var (minutes, stretches) = span switch { "7d" => (7 * 1440, 56), "24h" => (1440, 48), _ => (60, 60) };
        var throughput = flow.ThroughputAsync(client, minutes, stretches);
        var delay = delays.DelaysAsync(client, minutes, stretches);
        return await show.ShowAsync<OverviewPage>(context, "Overview", "overview", new OverviewModel(
            await attention.ReadAsync(client), await mailings.RunningAsync(client, 20), files.Page(new FileFilter(client), long.MaxValue, 10).Items, exports.Page(client, long.MaxValue, 5).Items,
            await zones.AllAsync(client), connectors.All(), (await throughput).Value, (await delay).Value, span is "7d" or "24h" ? span : "60m", InFolder(options)), "closedloop status", "/api/v1/overview");
    }

    private static async Task<IResult> FilesAsync(
        HttpContext context, Screens show, FilesReader files, ArrivalReader arrivals, DefinitionStore definitions, OperationsOptions options, string? client, string? state, string? search, long? before)
    {
        var filter = new FileFilter(ClientId(context, definitions, client), Enum.TryParse<FileState>(state, out var wanted) ? wanted : null, search);
        return await show.ShowAsync<FilesPage>(context, "Files", "files", new FilesModel(
            files.Page(filter, before ?? long.MaxValue, PageSize), client ?? "", state ?? "", search ?? "", before, Keys(context, definitions), InFolder(options), (await arrivals.ReadAsync(filter.ClientId)).Value,
            SavedViews.Of(context, "/files")), "closedloop files ls", "/api/v1/files");
    }

    private static async Task<IResult> FileAsync(HttpContext context, Screens show, FilesReader files, MailingsReader mailings, FileLooker looker, AuditStore audit, DefinitionStore definitions, long id, long? row, string? empty)
    {
        if (files.Detail(id) is not { } detail || !Caller.Of(context).Sees(detail.Line.File.ClientId)) return await show.NotFoundAsync(context, Id("File", id));
        var client = definitions.FindClient(detail.Line.File.ClientId)!.Value;
        return await show.ShowAsync<FilePage>(context, detail.Line.File.Name, "files", new FileModel(
            detail, await mailings.OfFileAsync(id), audit.Of(Id("file/", id), 20))
        { Look = await looker.LookAsync(detail, client, row, empty), Contacts = client.Notify.Recipients(problem: true) }, Id("closedloop files show ", id), Id("/api/v1/files/", id));
    }

    private static async Task<IResult> MailingsAsync(HttpContext context, Screens show, MailingsReader mailings, DefinitionStore definitions, string? client, string? state, string? search, long? before)
    {
        var filter = new MailingFilter(ClientId(context, definitions, client), Enum.TryParse<MailingState>(state, out var wanted) ? wanted : null, search);
        return await show.ShowAsync<MailingsPage>(context, "Mailings", "mailings", new MailingsModel(
            await mailings.PageAsync(filter, before ?? long.MaxValue, PageSize), client ?? "", state ?? "", search ?? "", before, Keys(context, definitions), SavedViews.Of(context, "/mailings")),
            "closedloop mailings ls", "/api/v1/mailings");
    }

    private static async Task<IResult> MailingAsync(
        HttpContext context, Screens show, MailingsReader mailings, MailingDetailReader details, FileRegister files, AuditStore audit, IGrainFactory grains, long id)
    {
        if (await mailings.FindAsync(id) is not { } line || !Caller.Of(context).Sees(line.Row.ClientId)) return await show.NotFoundAsync(context, Id("Mailing", id));
        string? reason = null;
        if (line.Row.State is MailingState.Paused or MailingState.Queued or MailingState.Sending)
        {
            var progress = grains.GetGrain<IMailingGrain>(id.ToString(CultureInfo.InvariantCulture)).GetProgressAsync();
            if (await Task.WhenAny(progress, Task.Delay(TimeSpan.FromMilliseconds(500))) == progress && progress.IsCompletedSuccessfully) reason = (await progress).Reason;
        }

        return await show.ShowAsync<MailingPage>(context, line.Row.Name, "mailings", new MailingModel(
            line, await details.ReadAsync(line.Row), files.Find(line.Row.FileId), audit.Of(Id("mailing/", id), 50), reason), "closedloop mailings ls", Id("/api/v1/mailings/", id));
    }

    private static Task<IResult> RecipientsAsync(HttpContext context, Screens show, RecipientReader recipients, AuditStore audit, DefinitionStore definitions, string? q)
    {
        var caller = Caller.Of(context);
        var story = string.IsNullOrWhiteSpace(q) || q.Length > 320 ? null : recipients.Look(q, caller.ClientId);
        var actions = story?.Address is { } address
            ? Keys(context, definitions).SelectMany(key => audit.Of($"recipient/{key}/{address.ToLowerInvariant()}", 10)).OrderByDescending(entry => entry.Id).ToList()
            : [];
        return show.ShowAsync<RecipientPage>(context, "Recipients", "recipients", new RecipientModel(q ?? "", story, actions), null, q is null ? "/api/v1/recipients" : "/api/v1/recipients?q=" + Uri.EscapeDataString(q));
    }

    private static async Task<IResult> DeliveryAsync(
        HttpContext context, Screens show, LaneStore lanes, LaneLimitStore limits, MailingStore mailings, RecipientLedger ledger, DefinitionStore definitions, FlowReader flow, DomainQueueReader queues, IDeferrals deferrals,
        TraceReader traces, Figures figures, TimeProvider time, long? trace)
    {
        var caller = Caller.Of(context);
        var keys = Keys(context, definitions);
        var delays = await figures.GetAsync("delays/" + string.Join(',', keys), () => (IReadOnlyList<DelayLine>)[.. mailings.InState(MailingState.Sending).Where(row => caller.Sees(row.ClientId))
            .SelectMany(row => ledger.Delays(row.MailingId, 20).Select(delay => new DelayLine(row.MailingId, row.Name, delay)))], MailingsReader.Patience);
        var byDomain = queues.ReadAsync(caller.ClientId);
        var rules = LaneRules.Of(limits.All(), key => keys.Contains(key, StringComparer.Ordinal), time.NowMicroseconds()).Concat(definitions.Clients().Where(client => caller.Sees(client.Value.Id)).SelectMany(client => LaneRules.Of(client.Value, client.Version))).ToList();
        return await show.ShowAsync<DeliveryPage>(context, "Delivery", "delivery", new DeliveryModel(
            [.. lanes.All().Where(hold => keys.Contains(hold.Name.Split('/')[0], StringComparer.Ordinal))], delays.Value ?? [], keys, (await flow.ThroughputAsync(caller.ClientId, 60, 60)).Value, rules, deferrals.Lately(caller.ClientId, 15),
            (await byDomain).Value, traces.Lately(caller.ClientId), trace),
            "closedloop queues ls", "/api/v1/lanes");
    }

    private static Task<IResult> ResponsesAsync(HttpContext context, Screens show, ResponsesReader responses)
    {
        var caller = Caller.Of(context);

        // A mail that belongs to no message belongs to no client either.
        return show.ShowAsync<ResponsesPage>(context, "Responses", "responses", new ResponsesModel(
            responses.Days(caller.ClientId, 14), responses.Latest(caller.ClientId, PageSize), caller.ClientId is null ? responses.Unmatched(100) : []), "closedloop responses unmatched", "/api/v1/responses/unmatched");
    }

    private static Task<IResult> ClientsAsync(HttpContext context, Screens show, DefinitionStore definitions)
    {
        var caller = Caller.Of(context);
        return show.ShowAsync<ClientsPage>(context, "Clients", "clients", new ClientsModel(
            [.. definitions.Clients().Where(client => caller.Sees(client.Value.Id))], [.. definitions.Sources().Where(source => caller.Sees(source.Value.ClientId))]), "closedloop lint", "/api/v1/clients");
    }

    private static async Task<IResult> ClientAsync(HttpContext context, Screens show, DefinitionStore definitions, ZonesReader zones, Blocklist blocklist, Tables tables, OperationsOptions options, string key)
    {
        if (definitions.FindClient(key) is not { } client || !Caller.Of(context).Sees(client.Value.Id)) return await show.NotFoundAsync(context, $"Client {key}");
        var json = JsonSerializer.Serialize(client.Value, Indented);
        var zone = await zones.AllAsync(client.Value.Id) is [var only, ..] ? only : null;
        var patterns = tables.Read("SELECT pattern, reason, recorded FROM block_pattern WHERE client_id = $1 ORDER BY pattern LIMIT 200", reader => new BlockEntry(reader.GetString(0), reader.GetString(1), reader.GetInt64(2)), client.Value.Id);
        long Listed(int kind) => tables.Number("SELECT COUNT(*) FROM suppression WHERE client_id = $1 AND kind = $2", client.Value.Id, kind);
        return await show.ShowAsync<ClientPage>(context, client.Value.Name ?? client.Value.Key, "clients",
            new ClientModel(client, json, zone, client.Value.RootBelow(options.DropFolder), patterns, Listed(0), Listed(1), options.BulkMost), null, $"/api/v1/clients/{key}");
    }

    private static readonly JsonSerializerOptions Indented = new(DefinitionJson.Options) { WriteIndented = true };

    private static string Id(string kind, long id) => kind.EndsWith('/') ? string.Create(CultureInfo.InvariantCulture, $"{kind}{id}") : string.Create(CultureInfo.InvariantCulture, $"{kind} {id}");

    private static List<string> Keys(HttpContext context, DefinitionStore definitions)
    {
        var caller = Caller.Of(context);
        return [.. definitions.Clients().Where(client => caller.Sees(client.Value.Id)).Select(client => client.Value.Key)];
    }

    /// <summary>The client to show: the caller's only one, else the one asked for.</summary>
    private static long? ClientId(HttpContext context, DefinitionStore definitions, string? key) =>
        Caller.Of(context).ClientId ?? (string.IsNullOrEmpty(key) ? null : definitions.FindClient(key)?.Value.Id ?? 0);

    private static string InFolder(OperationsOptions options) => Path.Combine(options.DropFolder, "CLIENT", "in");
}
