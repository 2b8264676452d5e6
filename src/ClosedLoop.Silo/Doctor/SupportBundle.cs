using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Migrations;
using ClosedLoop.Optimove;
using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;
using ClosedLoop.Silo.Logging;
using ClosedLoop.Silo.Operator;

namespace ClosedLoop.Silo.Doctor;

/// <summary>
/// What somebody who helps needs to see, in one archive: settings, findings, mailings, connectors. It leaves the house, so that only what is listed here goes in: no keys, tokens or passwords, nobody's
/// address, no content and no log.
/// </summary>
internal static class SupportBundle
{
    private const int Mailings = 100;

    /// <summary>Writes the archive, readable for its owner only.</summary>
    /// <exception cref="CommandException">CL9061: it cannot be written, or is there already.</exception>
    public static void Write(string path, SiloSettings settings, IConfigurationRoot configuration, IReadOnlyList<Finding> findings, TimeProvider time)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using var file = new FileStream(path, options);
            Write(file, settings, configuration, findings, time);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.Usage, $"CL9061: the bundle {path} could not be written: {e.Message}");
        }
    }

    /// <summary>The same into a stream, which is left open.</summary>
    public static void Write(Stream target, SiloSettings settings, IConfigurationRoot configuration, IReadOnlyList<Finding> findings, TimeProvider time)
    {
        using var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        Add(archive, "about.json", About(settings, time));
        Add(archive, "settings.json", EffectiveSettings.Of(settings, configuration).Select(EffectiveSettings.Masked).ToList());
        Add(archive, "findings.json", findings);
        if (!SiloDatabase.Exists(settings)) return;
        using var store = OfflineStore.Open(settings);
        Add(archive, "mailings.json", MailingStatus.Latest(store.Get<MailingStore>(), store.Get<RecipientLedger>(), Mailings));
        Add(archive, "checks.json", StandingChecks.Read(store));
        Add(archive, "connectors.json", store.Get<ConnectorReports>().All());
    }

    private static object About(SiloSettings settings, TimeProvider time) => new
    {
        schema = "closedloop.support/v1",
        version = typeof(SupportBundle).Assembly.GetName().Version!.ToString(3),
        written = time.GetUtcNow(),
        runtime = RuntimeInformation.FrameworkDescription,
        system = RuntimeInformation.OSDescription,
        processors = Environment.ProcessorCount,
        databaseVersion = Migrator.Latest,
        running = OperatorAccess.IsRunning(settings),
    };

    private static void Add<T>(ZipArchive archive, string name, T content)
    {
        using var entry = archive.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes(AddressMask.Apply(JsonSerializer.Serialize(content, Output.Options))));
    }
}
