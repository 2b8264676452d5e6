using System.Globalization;
using ClosedLoop.Data;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Grains;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Demo;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Simulation;

/// <summary>A rehearsal from outside of the service: a file is dropped, the audience reacts, the response files are cut and read, and the books are compared.</summary>
/// <param name="settings">The service's.</param>
/// <param name="store">Its database.</param>
/// <param name="client">Whose campaign it is.</param>
/// <param name="source">The source mailing.</param>
/// <param name="scenario">Who does what.</param>
/// <param name="screen">Says how far it is.</param>
/// <param name="own">The rehearsal's own service, whose clock it sets; null on one that serves others, where two days are pressed into seconds.</param>
internal sealed partial class SimulationRun(SiloSettings settings, OfflineStore store, ClientDefinition client, SourceMailing source, Scenario scenario, DemoScreen screen, TemporaryService? own)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>So long may nothing more arrive before what is missing is taken for lost.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>So long may nobody's turn come before the clock of an own service is moved on.</summary>
    private static readonly TimeSpan Standing = TimeSpan.FromSeconds(5);

    /// <summary>In every address: tells people of one run from those of others, of whom an own service has none.</summary>
    private readonly string _run = own is null ? DateTime.UtcNow.ToString("MMddHHmmssff", CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"s{(uint)scenario.Seed}");
    private readonly DateTimeOffset? _start = own?.Clock.GetUtcNow();
    private SimulatedTally _tally = new();

    /// <summary>Plays a scenario on a service.</summary>
    /// <param name="settings">The service's.</param>
    /// <param name="clientKey">Whose campaign it is; the first client's when null.</param>
    /// <param name="sourceId">The source mailing; the client's first one that can be used when null.</param>
    /// <param name="scenario">Who does what.</param>
    /// <param name="own">The rehearsal's own service; null for one that serves others.</param>
    /// <param name="cancellation">Breaks it off.</param>
    /// <exception cref="CommandException">The service refuses something, or the file fails.</exception>
    public static async Task<SimulationReport> PlayAsync(SiloSettings settings, string? clientKey, long? sourceId, Scenario scenario, TemporaryService? own, CancellationToken cancellation)
    {
        if (own is null) await SimulationGuard.CheckModeAsync(settings, cancellation);
        SimulationGuard.CheckSink(settings);
        using var store = OfflineStore.Open(settings);
        var definitions = store.Get<DefinitionStore>();
        var client = clientKey is not null
            ? definitions.FindClient(clientKey)?.Value ?? throw new CommandException(ExitCode.NotFound, $"CL2005: client '{clientKey}' does not exist.")
            : definitions.Clients() is [var first, ..] ? first.Value : throw new CommandException(ExitCode.NotFound, "CL2005: there is no client; closedloop apply DIR stores one.");
        return await new SimulationRun(settings, store, client, SimulationGuard.SourceOf(definitions, client, sourceId), scenario, new DemoScreen(TimeProvider.System), own).PlayAsync(cancellation);
    }

    private async Task<SimulationReport> PlayAsync(CancellationToken cancellation)
    {
        await using var deeds = new SimulatedDeeds(settings);
        _tally = deeds.Tally;
        return own is null ? await PlayPressedAsync(deeds, cancellation) : await PlaySteppedAsync(own, deeds, cancellation);
    }

    private async Task<SimulationReport> PlayPressedAsync(SimulatedDeeds deeds, CancellationToken cancellation)
    {
        await using var audience = new SimulatedAudience(settings, scenario, _run, deeds);
        var lastRun = LastRun();
        var name = await DropAsync(cancellation);
        var file = await ImportedAsync(name, cancellation);
        var mailing = await SentAsync(file, audience.Watching, cancellation);
        await ReactedAsync(mailing, audience.Watching, cancellation);
        return Report(file, mailing, Counted(mailing, await CutAsync(lastRun, cancellation)));
    }

    private async Task<SimulationReport> PlaySteppedAsync(TemporaryService service, SimulatedDeeds deeds, CancellationToken cancellation)
    {
        var name = await DropAsync(cancellation);
        var file = await ImportedAsync(name, cancellation);
        var mailing = await SentAsync(file, Task.CompletedTask, cancellation);
        await new SteppedAudience(settings, scenario, _run, deeds, service, client).PlayAsync((done, all) => screen.Progress("the audience reacts", done, all), cancellation);
        TellDeeds();
        return Report(file, mailing, Counted(mailing, Runs(0)));
    }

    private async Task<string> DropAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("closedloop-simulate-").FullName;

        // The clock of an own service gives its file a final name; any other file gets that of its moment when it is dropped.
        var temporary = Path.Combine(folder, _start is { } start ? start.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + FinalName.Suffix : "people");
        try
        {
            new SimulatedFile(client, source.Id, scenario, _run).Write(temporary);
            var name = await DropCommand.PutAsync(settings, client, temporary, ZoneFolder.In, cancellation);
            await AskedAsync("poll", cancellation);
            screen.Stage($"dropped {name}: {scenario.Recipients.ToString(CultureInfo.InvariantCulture)} invented people for source mailing {source.Id.ToString(CultureInfo.InvariantCulture)} ({source.Name})");
            return name;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<InboundFile> ImportedAsync(string name, CancellationToken cancellation)
    {
        while (true)
        {
            var file = store.Get<FileRegister>().Named(client.Id, name) is [var found, ..] ? found : null;
            if (file?.IsFailed == true) throw new CommandException(ExitCode.InvalidData, $"CL9668: the simulated file failed: {file.Code} {file.Message}");
            if (file?.State is FileState.Started or FileState.Archived)
            {
                screen.Stage(string.Create(CultureInfo.InvariantCulture, $"taken in: {file.Imported} accepted, {file.Skipped} rejected"));
                return file;
            }

            await Task.Delay(Look, cancellation);
        }
    }

    private async Task<MailingRow> SentAsync(InboundFile file, Task watching, CancellationToken cancellation)
    {
        var (open, since) = (-1L, TimeProvider.System.GetTimestamp());
        while (true)
        {
            var mailing = store.Get<MailingStore>().OfFile(file.FileId).Single();
            var counts = store.Get<RecipientLedger>().Count(mailing.MailingId);
            if (mailing.State == MailingState.Finished)
            {
                screen.Stage(string.Create(CultureInfo.InvariantCulture, $"sent {counts.Sent} of {mailing.Accepted} to the sink: failed {counts.Failed}, suppressed {counts.Suppressed}"));
                return mailing;
            }

            if (mailing.State is MailingState.Cancelled or MailingState.Paused) throw new CommandException(ExitCode.Other, string.Create(CultureInfo.InvariantCulture, $"CL9668: mailing {mailing.MailingId} of the simulation is {mailing.State}; see closedloop status."));
            if (watching.IsFaulted) await watching;
            if (counts.Open != open)
            {
                (open, since) = (counts.Open, TimeProvider.System.GetTimestamp());
            }
            else if (own is not null && TimeProvider.System.GetElapsedTime(since) > Standing && store.Get<RecipientLedger>().Delays(mailing.MailingId, 1) is [_, ..])
            {
                await own.MoveOnAsync(mailing.MailingId);
                since = TimeProvider.System.GetTimestamp();
            }

            screen.Progress("sending", counts.Total - counts.Open, mailing.Accepted);
            await Task.Delay(Look, cancellation);
        }
    }

    /// <summary>Until the audience has done everything, and the service has stored all of it or brings nothing more.</summary>
    private async Task ReactedAsync(MailingRow mailing, Task watching, CancellationToken cancellation)
    {
        var sent = store.Get<RecipientLedger>().Count(mailing.MailingId).Sent;
        while (_tally.Pending > 0 || _tally.Messages < sent)
        {
            if (watching.IsFaulted) await watching;
            screen.Progress("the audience reacts, still to do", _tally.Pending, scenario.Recipients);
            await Task.Delay(Look, cancellation);
        }

        var expected = _tally.Of(Deed.Open, Deed.ProxyOpen, Deed.Click, Deed.ScannerClick, Deed.Unsubscribe, Deed.HardBounce, Deed.SoftBounce, Deed.OutOfOffice, Deed.Reply, Deed.Complaint);
        var (seen, since) = (-1L, TimeProvider.System.GetTimestamp());
        while (true)
        {
            var stored = Number("SELECT (SELECT COUNT(*) FROM event WHERE mailing_id = $1) + (SELECT COUNT(*) FROM inbound_mail WHERE mailing_id = $1)", mailing.MailingId);
            if (stored >= expected) break;
            if (stored != seen) (seen, since) = (stored, TimeProvider.System.GetTimestamp());
            else if (TimeProvider.System.GetElapsedTime(since) > Patience) break;
            screen.Progress("the service stores", stored, expected);
            await Task.Delay(Look, cancellation);
        }

        TellDeeds();
    }

    private void TellDeeds() => screen.Stage(string.Create(CultureInfo.InvariantCulture,
        $"audience: {_tally.Of(Deed.Open)} opens, {_tally.Of(Deed.ProxyOpen)} by a proxy, {_tally.Of(Deed.Click)} clicks, {_tally.Of(Deed.ScannerClick)} by scanners, {_tally.Of(Deed.Unsubscribe)} unsubscribed, {_tally.Of(Deed.Complaint)} complained, {_tally.Of(Deed.HardBounce, Deed.SoftBounce)} bounces, {_tally.Of(Deed.OutOfOffice, Deed.Reply)} answers"));

    private async Task<OperatorAnswer> AskedAsync(string verb, CancellationToken cancellation)
    {
        var answer = System.Text.Json.JsonSerializer.Deserialize<OperatorAnswer>(
            await OperatorClient.PostJsonAsync(settings, $"/clients/{Uri.EscapeDataString(client.Key)}/{verb}", new { }, cancellation), System.Text.Json.JsonSerializerOptions.Web)!;
        return answer.Done ? answer : throw new CommandException(ExitCode.Refused, $"CL9668: the service refuses to {verb}: {answer.Text}");
    }

    private long Number(string sql, params ReadOnlySpan<object?> arguments)
    {
        using var connection = store.Get<Database>().OpenRead();
        using var statement = new Statement(connection, sql);
        return statement.Scalar(arguments);
    }
}
