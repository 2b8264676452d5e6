using System.Text.Json;
using ClosedLoop.Data.Exports;
using ClosedLoop.Delivery;
using ClosedLoop.Model.Tokens;
using ClosedLoop.Responses.Export;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary>Writes an earlier run again and compares it with what was published.</summary>
/// <param name="Identical">Every file has the bytes of the published one.</param>
/// <param name="Files">The files written.</param>
internal sealed record ExportRebuild(bool Identical, IReadOnlyList<ExportedFile> Files)
{
    public static async Task<ExportRebuild> RunAsync(SiloSettings settings, long runId, string folder, CancellationToken cancellation)
    {
        if (!SiloDatabase.Exists(settings)) throw new CommandException(ExitCode.NotFound, $"CL2007: there is no installation in {settings.DataPath}.");
        var services = new ServiceCollection();
        services.AddLogging();
        SiloHost.AddData(services, settings);
        SiloStations.AddStores(services);
        services.AddSingleton(SigningKeyFile.LoadOrCreate(settings.KeysPath)).AddSingleton<TrackingTokenCodec>().AddSingleton<AddressTokenCodec>();
        services.AddDelivery(new DeliveryOptions { TrackingBase = settings.TrackingBase });
        services.AddSingleton(new ExportOptions { DropFolder = settings.DropPath }).AddSingleton<ExportService>();
        await using var provider = services.BuildServiceProvider();

        var run = provider.GetRequiredService<ExportRunStore>().Find(runId)
            ?? throw new CommandException(ExitCode.NotFound, $"CL2011: export run {runId} does not exist.");
        var rebuilt = await provider.GetRequiredService<ExportService>().RebuildAsync(runId, Path.GetFullPath(folder), cancellation);
        var published = run.Manifest is null ? null : JsonSerializer.Deserialize<ExportManifest>(run.Manifest, JsonSerializerOptions.Web);
        var identical = published is not null
            && rebuilt.Files.Select(file => (file.Table, file.Sha256)).SequenceEqual(published.Files.Select(file => (file.Table, file.Sha256)));
        return new ExportRebuild(identical, rebuilt.Files);
    }
}
