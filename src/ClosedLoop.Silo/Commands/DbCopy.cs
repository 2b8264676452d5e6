using System.CommandLine;
using System.Globalization;
using ClosedLoop.Data;
using ClosedLoop.Data.Copying;
using ClosedLoop.Data.Migrations;
using ClosedLoop.Silo.Clustering;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>db copy --to CONNECTION</c>: moves an installation from its SQLite file to PostgreSQL.</summary>
internal static class DbCopy
{
    public static Command Create()
    {
        var to = new Option<string>("--to")
        {
            Description = "Connection string of an empty PostgreSQL database, or @FILE whose first line it is.",
            Required = true,
        };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("copy", "Copies the SQLite database of a service that is not running to PostgreSQL, all or nothing, and compares every table.") { to, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = SharedOptions.Settings(parsed.GetValue(data));
            if (!File.Exists(settings.DatabasePath)) throw new CommandException(ExitCode.NotFound, $"CL2007: there is no database {settings.DatabasePath}; name the data folder with --data.");
            var target = Target(parsed.GetValue(to)!);
            var tables = await RunAsync(settings, target, cancellation);
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, database = target.DisplayName, tables });
            else Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{tables.Sum(table => table.Rows)} rows of {tables.Count} tables copied to {target.DisplayName} and compared. Set Database:Provider to Postgres before the service starts; keys/ and spool/ of the data folder stay in use."));
            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task<IReadOnlyList<CopiedTable>> RunAsync(SiloSettings settings, Database target, CancellationToken cancellation)
    {
        await using var owner = new LockFileOwner(settings.LockPath);
        try
        {
            await owner.AcquireAsync(cancellation);
            var source = new Database(settings.DatabasePath);
            SiloDatabase.Reach(target, found => Migrator.Migrate(found, TimeProvider.System));
            await SiloGrains.CreateTablesAsync(target, settings, cancellation);
            return SiloDatabase.Reach(target, found => new DatabaseCopy(source, found).Run(
                table => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table.Rows,12} {table.Name}")), cancellation));
        }
        catch (DatabaseInUseException e)
        {
            throw new CommandException(ExitCode.Temporary, $"CL3003: {e.Message} Stop the service first.");
        }
        catch (CopyRefusedException e)
        {
            throw new CommandException(ExitCode.Refused, e.Message);
        }
    }

    private static Database Target(string to)
    {
        if (to.StartsWith('@') && !File.Exists(to[1..])) throw new CommandException(ExitCode.Usage, $"CL2002: --to: the file {to[1..]} does not exist.");
        var connection = to.StartsWith('@') ? File.ReadLines(to[1..]).FirstOrDefault("").Trim() : to;
        return DatabaseCheck.Fault(connection) is { } fault ? throw new CommandException(ExitCode.Usage, $"CL2002: --to: {fault}") : Database.Postgres(connection);
    }
}
