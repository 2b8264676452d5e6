using System.CommandLine;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>mailings ls</c>: reads the database, so it works without the service, too.</summary>
internal static class MailingsList
{
    public static Command Create()
    {
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var empty = SharedOptions.FailIfEmpty();
        var command = new Command("ls", "Lists the latest mailings.") { empty, data, json };
        command.SetAction((parsed, _) =>
        {
            using var store = OfflineStore.Open(SharedOptions.Settings(parsed.GetValue(data)));
            var mailings = MailingStatus.Latest(store.Get<MailingStore>(), store.Get<RecipientLedger>(), 100);
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, mailings });
            else foreach (var mailing in mailings) Console.Out.WriteLine(mailing.Line());
            return Task.FromResult(SharedOptions.Listed(parsed, empty, mailings.Count));
        });
        return command;
    }
}
