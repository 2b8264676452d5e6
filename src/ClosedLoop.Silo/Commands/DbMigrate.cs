using System.CommandLine;
using System.Globalization;
using ClosedLoop.Data.Migrations;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>db migrate</c>: what the service does at its start, without starting it.</summary>
internal static class DbMigrate
{
    public static Command Create()
    {
        var data = SharedOptions.Data();
        var set = SharedOptions.Set();
        var json = SharedOptions.Json();
        var command = new Command("migrate", "Makes the tables of the database, or brings them to this program's version.") { data, set, json };
        command.SetAction((parsed, _) =>
        {
            var database = SiloDatabase.Find(SharedOptions.Settings(parsed.GetValue(data), parsed.GetValue(set)));
            var (before, now) = SiloDatabase.Reach(database, found => (Migrator.VersionOf(found), Migrator.Migrate(found, TimeProvider.System)));
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, database = database.DisplayName, before, now });
            else Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{database.DisplayName}: schema version {before} before, {now} now"));
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }
}
