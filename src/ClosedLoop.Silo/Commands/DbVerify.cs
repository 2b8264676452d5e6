using System.CommandLine;
using ClosedLoop.Data.Alarms;
using ClosedLoop.Data.Migrations;
using ClosedLoop.Data.Upkeep;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>db verify</c>: whether a database, or a backup, is sound and its numbers add up.</summary>
internal static class DbVerify
{
    private const int Block = 1_000;

    public static Command Create()
    {
        var file = new Argument<string?>("FILE") { Description = "A backup; the installation's database when not given.", Arity = ArgumentArity.ZeroOrOne };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("verify", "Reads every page and counts every mailing and file; exit code 0 or 6.") { file, data, json };
        command.SetAction((parsed, _) =>
        {
            var path = parsed.GetValue(file);
            var database = path is null ? DbCommand.Open(SharedOptions.Settings(parsed.GetValue(data))) : DbCommand.Open(path);
            var report = DatabaseInspector.Report(database);
            List<string> faults = [.. DatabaseInspector.Faults(database, quick: false).Select(fault => "CL3232: " + fault)];
            if (report.SchemaVersion < Migrator.Latest) faults.Add(FormattableString.Invariant($"CL3233: schema version {report.SchemaVersion}, this program has {Migrator.Latest}; the numbers are checked after an upgrade"));
            else faults.AddRange(Numbers(new BalanceReader(database)));
            if (parsed.GetValue(json))
            {
                Output.WriteJson(new { schema = Output.Schema, ok = faults.Count == 0, database = report, faults });
            }
            else
            {
                DbCommand.Print(report);
                foreach (var fault in faults) Console.Out.WriteLine(fault);
                Console.Out.WriteLine(faults.Count == 0 ? "sound, and the numbers add up" : "NOT sound");
            }

            return Task.FromResult(faults.Count == 0 ? ExitCode.Ok : ExitCode.InvalidData);
        });
        return command;
    }

    private static IEnumerable<string> Numbers(BalanceReader balance) =>
        Walk(balance.MailingsAfter, balance.CheckMailing).Concat(Walk(balance.FilesAfter, balance.CheckFile));

    private static IEnumerable<string> Walk(Func<long, int, IReadOnlyList<long>> next, Func<long, Alarm?> check)
    {
        for (var ids = next(0, Block); ids.Count > 0; ids = next(ids[^1], Block))
        {
            foreach (var id in ids)
            {
                if (check(id) is { } alarm) yield return alarm.Message;
            }
        }
    }
}
