using System.Globalization;
using ClosedLoop.Data;
using ClosedLoop.Data.Accounts;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Exports;
using ClosedLoop.Data.Migrations;
using ClosedLoop.Grains.Clients;
using ClosedLoop.Grains.Exports;
using ClosedLoop.Grains.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Responses.Drain;
using ClosedLoop.Silo.Clustering;
using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Definitions;
using ClosedLoop.Silo.Demo;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Simulation;

/// <summary>A rehearsal's own service, with one client in a folder of its own, whose clock the rehearsal sets.</summary>
internal sealed class TemporaryService : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan ShortLook = TimeSpan.FromMilliseconds(1);

    /// <summary>What is before the start of the rehearsal: definitions.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(1);

    private TemporaryService(SiloSettings settings, SimulatedClock clock, WebApplication app) => (Settings, Clock, App) = (settings, clock, app);

    public SiloSettings Settings { get; }

    public SimulatedClock Clock { get; }

    public WebApplication App { get; }

    /// <summary>Mail had to wait, so the clock was moved on while it was being sent: who got it when depends on the machine.</summary>
    public bool WasDelayed { get; private set; }

    /// <summary>Settings of a service in an empty folder, with nothing of the installation but what it needs: no keys, no other folders, no collector of returned mail.</summary>
    /// <param name="settings">The installation's.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="postgres">Connection string of an empty PostgreSQL database; null for an SQLite file in the folder.</param>
    public static SiloSettings SettingsFor(SiloSettings settings, string folder, string? postgres) => DemoSettings.For(
        new SiloSettings
        {
            Data = folder,
            Http = settings.Http,
            Operator = settings.Operator with { BehindTls = false, OpenId = new OpenIdSettings() },
            Sink = settings.Sink,
            Log = settings.Log,
            Database = postgres is null ? new DatabaseSettings() : new DatabaseSettings { Provider = DatabaseKind.Postgres, ConnectionString = postgres },
        },
        rows: 0);

    /// <param name="settings">See <see cref="SettingsFor"/>.</param>
    /// <param name="definitions">Folder of definitions; the demonstration's when null.</param>
    /// <param name="client">Key of the client; the first one when null. No other is stored: its files and calls are none of the rehearsal's.</param>
    /// <param name="start">What the clock says.</param>
    /// <param name="cancellation">Gives the start up.</param>
    public static async Task<TemporaryService> StartAsync(SiloSettings settings, string? definitions, string? client, DateTimeOffset start, CancellationToken cancellation)
    {
        if (SiloGrains.IsClustered) throw new CommandException(ExitCode.Configuration, "CL9690: this build has the Orleans engine, whose silos would take a standing clock for a silo that died; a temporary service needs a build with Engine=Embedded.");
        var clock = SimulatedClock.For(settings.DataPath, start - Before);
        if (settings.Database.Provider == DatabaseKind.Postgres && SiloDatabase.Reach(SiloDatabase.Find(settings), Migrator.VersionOf) > 0)
            throw new CommandException(ExitCode.Refused, "CL9693: the database of --postgres is not empty; a rehearsal needs one of its own, which nobody will miss.");
        var key = await StoreAsync(settings, definitions ?? DemoContent.WriteTo(settings), client, clock);

        // From here on to the first deed it is one moment: whoever asks for the time gets the same answer, first or last.
        clock.Set(start);
        var app = await SiloStart.RunAsync(settings, cancellation, services => services.AddSingleton<TimeProvider>(clock), LogLevel.Warning);
        var service = new TemporaryService(settings, clock, app);
        try
        {
            await service.Grains.GetGrain<IClientGrain>(key).StartAsync();
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Everything that was tracked up to now is in the database when awaited.</summary>
    public async Task StoredAsync(CancellationToken cancellation)
    {
        var drain = App.Services.GetRequiredService<SpoolDrain>();
        while (drain.BytesBehind > 0) await Task.Delay(ShortLook, cancellation);
    }

    /// <summary>Goes on to a scheduled cut-off of the client; its files stand when awaited.</summary>
    public async Task CutAsync(ClientDefinition client, DateTimeOffset cut, CancellationToken cancellation)
    {
        Clock.Set(cut);
        await Grains.GetGrain<IExportGrain>(client.Key).StartAsync();
        var runs = App.Services.GetRequiredService<ExportRunStore>();
        while (runs.Latest(client.Id, 1) is not [{ Published: true } newest] || newest.CutTo != Instants.ToMicroseconds(cut)) await Task.Delay(Look, cancellation);
    }

    /// <summary>Lets those be tried again who were refused for now, which the standing clock would never do.</summary>
    public async Task MoveOnAsync(long mailingId)
    {
        WasDelayed = true;
        Clock.Set(Clock.GetUtcNow() + TimeSpan.FromMinutes(5));
        await Grains.GetGrain<IMailingGrain>(mailingId.ToString(CultureInfo.InvariantCulture)).HastenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync(CancellationToken.None);
        await App.DisposeAsync();
    }

    private IGrainFactory Grains => App.Services.GetRequiredService<IGrainFactory>();

    /// <returns>Key of the client.</returns>
    private static async Task<string> StoreAsync(SiloSettings settings, string folder, string? key, SimulatedClock clock)
    {
        var read = DefinitionFolder.Read(folder);
        var client = key is null ? read.Clients[0] : read.Clients.FirstOrDefault(found => found.Key == key) ?? throw new CommandException(ExitCode.NotFound, $"CL2005: client '{key}' does not exist.");
        var services = new ServiceCollection();
        SiloHost.AddData(services, settings).AddSingleton<TimeProvider>(clock);
        await using var provider = services.BuildServiceProvider();
        await read.Only(client, RehearsedClient.Of(client)).StoreAsync(provider.GetRequiredService<DefinitionStore>(), provider.GetRequiredService<AccountStore>());
        return client.Key;
    }
}
