using System.CommandLine;
using System.Globalization;
using ClosedLoop.Model;
using ClosedLoop.Operations;
using ClosedLoop.Operations.Reading;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>responses ls</c>: what the dashboard tells of bounces and replies; reads the database.</summary>
internal static class ResponsesList
{
    public static Command Create()
    {
        var client = new Option<string?>("--client") { Description = "Key of one client; all of them when not given." };
        var limit = new Option<int>("--limit") { Description = "Most rows.", DefaultValueFactory = _ => 100 };
        var empty = SharedOptions.FailIfEmpty();
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("ls", "Lists the latest bounces and replies, with the recipients they belong to.") { client, limit, empty, data, json };
        command.SetAction((parsed, _) =>
        {
            using var store = OfflineStore.Open(SharedOptions.Settings(parsed.GetValue(data)));
            var only = parsed.GetValue(client) is { } key ? SharedOptions.ClientOf(store, key).Id : (long?)null;
            var responses = store.Get<ResponsesReader>().Latest(only, Math.Clamp(parsed.GetValue(limit), 1, 1000))
                .Select(line => new { At = Instants.FromMicroseconds(line.At), line.Category, line.Origin, line.Detail, line.MailingId, line.Sequence, line.Address }).ToList();
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, responses });
            else foreach (var each in responses) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{each.At:yyyy-MM-dd HH:mm:ss}  {Wording.Category(each.Category),-18} mailing {each.MailingId}  {each.Address}  {each.Detail}"));
            return Task.FromResult(SharedOptions.Listed(parsed, empty, responses.Count));
        });
        return command;
    }
}
