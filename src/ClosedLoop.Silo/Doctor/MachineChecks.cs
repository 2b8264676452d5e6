using System.Globalization;
using ClosedLoop.Data.Guard;
using ClosedLoop.Data.Migrations;
using ClosedLoop.Model;
using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;
using ClosedLoop.Silo.Watching;

namespace ClosedLoop.Silo.Doctor;

/// <summary>This machine: settings, folder, keys, database, clock. Nothing is written but a file that is removed again.</summary>
internal static class MachineChecks
{
    public static IEnumerable<Finding> Run(SiloSettings settings, TimeProvider time)
    {
        var faults = SettingsValidator.Validate(settings);
        yield return faults.Count == 0 ? new Finding("settings", "ClosedLoop", Verdict.Ok, $"mode {settings.Delivery.Mode}") : new Finding("settings", "ClosedLoop", Verdict.Fault, string.Join(" ", faults), "docs/settings.md");
        yield return Folder(settings);
        foreach (var finding in Keys(settings)) yield return finding;
        yield return new DiskRoom(settings).Shortage() is { } shortage ? new Finding("disk", settings.DataPath, Verdict.Fault, shortage, "make room") : new Finding("disk", settings.DataPath, Verdict.Ok, "room enough");
        yield return Database(settings);
        yield return Clock(settings, time);
        if (settings.Inbound is { Maildir: null, Pop3.Host: null, HttpKeyFile: null })
            yield return new Finding("inbound", "Inbound", Verdict.Warning, "no entry for returned mail: bounces that come later than the SMTP dialogue, complaints and replies are not seen", "set Inbound:Maildir, Inbound:Pop3 or Inbound:HttpKeyFile");
    }

    /// <summary>Files with secrets that others on this machine may read.</summary>
    /// <param name="settings">Where they lie.</param>
    /// <param name="ownOnly">Only those the service made itself; a DKIM key may be meant for a group.</param>
    public static IEnumerable<Finding> Keys(SiloSettings settings, bool ownOnly = false)
    {
        if (OperatingSystem.IsWindows()) yield break;
        var own = Directory.Exists(settings.KeysPath) ? Directory.EnumerateFiles(settings.KeysPath, "*.key") : [];
        var files = own.Concat(ownOnly ? [] : settings.Delivery.Dkim.Select(key => key.KeyFile).Where(File.Exists)).Order(StringComparer.Ordinal).ToList();
        var open = files.Where(IsOpenToOthers).ToList();
        yield return open.Count == 0
            ? new Finding("permissions", "keys", Verdict.Ok, string.Create(CultureInfo.InvariantCulture, $"{files.Count} key files, readable by their owner only"))
            : new Finding("permissions", "keys", Verdict.Fault, $"others may read {string.Join(", ", open)}", $"chmod 600 {string.Join(' ', open)}");
    }

    private static bool IsOpenToOthers(string file)
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != 0;
    }

    private static Finding Folder(SiloSettings settings)
    {
        if (!Directory.Exists(settings.DataPath)) return new Finding("permissions", settings.DataPath, Verdict.Fault, "the data folder does not exist", "closedloop apply DIR makes it, or name another with --data");
        var probe = Path.Combine(settings.DataPath, ".doctor.tmp");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new Finding("permissions", settings.DataPath, Verdict.Ok, "can be written");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Finding("permissions", settings.DataPath, Verdict.Fault, e.Message, "run as the service's user, and let it own the folder");
        }
    }

    private static Finding Database(SiloSettings settings)
    {
        try
        {
            if (!SiloDatabase.Exists(settings)) return new Finding("database", settings.Database.Provider.ToString(), Verdict.Fault, "there is none yet", "closedloop apply DIR");
            var database = SiloDatabase.Find(settings);
            var version = SiloDatabase.Reach(database, Migrator.VersionOf);
            return version > Migrator.Latest
                ? new Finding("database", database.DisplayName, Verdict.Fault, $"schema version {version} is of a newer release", "run that release")
                : new Finding("database", database.DisplayName, Verdict.Ok, $"schema version {version}");
        }
        catch (Exception e) when (e is CommandException or SettingsException or SchemaTooNewException)
        {
            return new Finding("database", settings.Database.Provider.ToString(), Verdict.Fault, e.Message);
        }
    }

    /// <summary>A clock that went back makes signatures and start times wrong; what the database last wrote shows it without asking anybody.</summary>
    private static Finding Clock(SiloSettings settings, TimeProvider time)
    {
        var now = time.GetUtcNow();
        if (now.Year < 2026) return new Finding("clock", "UTC", Verdict.Fault, $"it is {now:u} here", "set the clock");
        try
        {
            if (!SiloDatabase.Exists(settings)) return new Finding("clock", "UTC", Verdict.Ok, $"{now:u}");
            using var store = OfflineStore.Open(settings);
            var last = Instants.FromMicroseconds(store.Get<InstanceStore>().LastWrite());
            return last > now + TimeSpan.FromMinutes(2)
                ? new Finding("clock", "UTC", Verdict.Fault, $"it is {now:u} here, and the database was last written at {last:u}", "set the clock, and keep it with chrony or systemd-timesyncd")
                : new Finding("clock", "UTC", Verdict.Ok, $"{now:u}, the database was last written at {last:u}");
        }
        catch (Exception e) when (e is CommandException or SettingsException or SchemaTooNewException)
        {
            return new Finding("clock", "UTC", Verdict.Skipped, "the database cannot be asked");
        }
    }
}
