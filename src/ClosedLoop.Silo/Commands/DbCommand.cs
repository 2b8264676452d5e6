using System.CommandLine;
using System.Globalization;
using ClosedLoop.Data;
using ClosedLoop.Data.Migrations;
using ClosedLoop.Data.Upkeep;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>db status|backup|verify|confirm|migrate|copy</c>.</summary>
internal static class DbCommand
{
    public static Command Create()
    {
        var command = new Command("db", "The database: size, backup, check, letting a restored one go on, and moving to PostgreSQL.");
        command.Subcommands.Add(Status());
        command.Subcommands.Add(Backup());
        command.Subcommands.Add(DbVerify.Create());
        command.Subcommands.Add(DbConfirm.Create());
        command.Subcommands.Add(DbMigrate.Create());
        command.Subcommands.Add(DbCopy.Create());
        return command;
    }

    /// <summary>The installation's database, as it is: neither made nor migrated.</summary>
    public static Database Open(SiloSettings settings)
    {
        if (settings.Database.Provider == DatabaseKind.Sqlite) return Open(settings.DatabasePath);
        var database = SiloDatabase.Find(settings);
        return SiloDatabase.Reach(database, Migrator.VersionOf) > 0 ? database : throw new CommandException(ExitCode.NotFound, $"CL2007: {database.DisplayName} holds no installation; closedloop db migrate makes one.");
    }

    public static Database Open(string path) => File.Exists(path)
        ? new Database(path)
        : throw new CommandException(ExitCode.NotFound, $"CL2007: there is no database {path}; name the data folder with --data.");

    public static void Print(DatabaseReport report)
    {
        Line($"database: {report.Path}");
        Line($"schema:   version {report.SchemaVersion}, this program {Migrator.Latest}");
        Line(report.PageBytes > 0 ? (FormattableString)$"size:     {report.Bytes} bytes, log {report.LogBytes} bytes" : $"size:     {report.Bytes} bytes");
        if (report.PageBytes > 0) Line($"pages:    {report.Pages} of {report.PageBytes} bytes, {report.FreePages} free");
        foreach (var (table, rows) in report.Rows.Where(pair => pair.Value > 0).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)) Line($"  {rows,12} {table}");
    }

    private static Command Status()
    {
        var check = new Option<bool>("--check") { Description = "Also lets SQLite look at every page (quick_check); a server of PostgreSQL checks its pages itself." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("status", "Schema version, sizes, free pages and rows; works while the service runs.") { check, data, json };
        command.SetAction((parsed, _) =>
        {
            var database = Open(SharedOptions.Settings(parsed.GetValue(data)));
            var report = DatabaseInspector.Report(database);
            var faults = parsed.GetValue(check) ? DatabaseInspector.Faults(database, quick: true) : null;
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, program = Migrator.Latest, database = report, faults });
            else Print(report);
            if (!parsed.GetValue(json) && faults is not null) Line($"check:    {(faults.Count == 0 ? "ok" : string.Join("; ", faults))}");
            return Task.FromResult(faults is { Count: > 0 } ? ExitCode.InvalidData : ExitCode.Ok);
        });
        return command;
    }

    private static Command Backup()
    {
        var file = new Argument<string>("FILE") { Description = "The copy; a file that exists is never replaced." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("backup", "Copies the database at one moment, while the service runs, and checks the copy.") { file, data, json };
        command.SetAction((parsed, _) =>
        {
            try
            {
                var database = Open(SharedOptions.Settings(parsed.GetValue(data)));
                var report = database.Kind == DatabaseKind.Sqlite ? DatabaseBackup.Write(database, parsed.GetValue(file)!) : PostgresBackup.Write(database, parsed.GetValue(file)!);
                if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, database = report });
                else Print(report);
                if (!parsed.GetValue(json)) Line($"{(database.Kind == DatabaseKind.Sqlite ? "the copy is sound" : "the copy can be read back (pg_restore)")}; keys/ and spool/ of the data folder belong to a backup, too");
                return Task.FromResult(ExitCode.Ok);
            }
            catch (IOException e)
            {
                throw new CommandException(ExitCode.Refused, e.Message);
            }
            catch (InvalidDataException e)
            {
                throw new CommandException(ExitCode.InvalidData, e.Message);
            }
        });
        return command;
    }

    private static void Line(FormattableString text) => Console.Out.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
