using System.CommandLine;
using System.Globalization;
using ClosedLoop.Data;
using ClosedLoop.Data.Migrations;
using ClosedLoop.Data.Upkeep;
using ClosedLoop.Silo.Configuration;

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
    public static Database Open(SiloSettings settings) => settings.Database.Provider == DatabaseKind.Sqlite
        ? Open(settings.DatabasePath)
        : throw new CommandException(ExitCode.Usage, "CL3308: this looks at a file of SQLite; the installation uses PostgreSQL, whose own programs (pg_dump, pg_restore, psql) do it.");

    public static Database Open(string path) => File.Exists(path)
        ? new Database(path)
        : throw new CommandException(ExitCode.NotFound, $"CL2007: there is no database {path}; name the data folder with --data.");

    public static void Print(DatabaseReport report)
    {
        Line($"database: {report.Path}");
        Line($"schema:   version {report.SchemaVersion}, this program {Migrator.Latest}");
        Line($"size:     {report.Bytes} bytes, log {report.LogBytes} bytes");
        Line($"pages:    {report.Pages} of {report.PageBytes} bytes, {report.FreePages} free");
        foreach (var (table, rows) in report.Rows.Where(pair => pair.Value > 0).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)) Line($"  {rows,12} {table}");
    }

    private static Command Status()
    {
        var check = new Option<bool>("--check") { Description = "Also lets SQLite look at every page (quick_check)." };
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
                var report = DatabaseBackup.Write(Open(SharedOptions.Settings(parsed.GetValue(data))), parsed.GetValue(file)!);
                if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, database = report });
                else Print(report);
                if (!parsed.GetValue(json)) Line($"the copy is sound; keys/ and spool/ of the data folder belong to a backup, too");
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
