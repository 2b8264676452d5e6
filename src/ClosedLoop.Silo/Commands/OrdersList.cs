using System.CommandLine;
using System.Globalization;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Contacts;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Orders;
using ClosedLoop.Model;
using ClosedLoop.Model.Orders;
using ClosedLoop.Silo.Hosting;
using ClosedLoop.Silo.Operator;

namespace ClosedLoop.Silo.Commands;

/// <summary>What <c>orders</c> shows: reads the database, so it works without the service, too.</summary>
internal static class OrdersList
{
    public static Command Operations()
    {
        var status = new Option<string?>("--status") { Description = "Only LOADING, SUCCESS, ERROR or RECOVERED." };
        var limit = new Option<int>("--limit") { Description = "Most rows.", DefaultValueFactory = _ => 100 };
        var empty = SharedOptions.FailIfEmpty();
        var offset = new Option<int>("--offset") { Description = "Rows to pass over, newest first." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("ls", "Lists the latest operations.") { status, limit, offset, empty, data, json };
        command.SetAction((parsed, _) =>
        {
            using var store = OfflineStore.Open(SharedOptions.Settings(parsed.GetValue(data)));
            OperationStatus? only = null;
            if (parsed.GetValue(status) is { } text)
                only = Enum.TryParse<OperationStatus>(text, ignoreCase: true, out var found) ? found : throw new CommandException(ExitCode.Usage, $"CL2001: --status is '{text}'; expected LOADING, SUCCESS, ERROR or RECOVERED.");
            var operations = store.Get<OperationStore>().List(0, only, Math.Max(0, parsed.GetValue(offset)), Math.Clamp(parsed.GetValue(limit), 1, 1000)).Select(OperationItem.Of).ToList();
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, operations });
            else foreach (var each in operations) Console.Out.WriteLine(Line(each));
            return Task.FromResult(SharedOptions.Listed(parsed, empty, operations.Count));
        });
        return command;
    }

    public static Command Show()
    {
        var id = new Argument<long>("ID") { Description = "Number of the operation, see closedloop orders ls." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("show", "Shows an operation with its transitions, problems and deliveries.") { id, data, json };
        command.SetAction((parsed, _) =>
        {
            using var store = OfflineStore.Open(SharedOptions.Settings(parsed.GetValue(data)));
            var number = parsed.GetValue(id);
            var row = store.Get<OperationStore>().Find(number) ?? throw new CommandException(ExitCode.NotFound, string.Create(CultureInfo.InvariantCulture, $"CL3401: operation {number} does not exist; see closedloop orders ls."));
            var detail = OperationDetail.Of(row, store.Get<OperationStore>(), store.Get<DeliveryStore>(), store.Get<MailingStore>());
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, operation = detail });
            else Print(detail);
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }

    public static Command Deliveries()
    {
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var empty = SharedOptions.FailIfEmpty();
        var command = new Command("deliveries", "Lists the latest deliveries of orders.") { empty, data, json };
        command.SetAction((parsed, _) =>
        {
            using var store = OfflineStore.Open(SharedOptions.Settings(parsed.GetValue(data)));
            var rows = store.Get<DeliveryStore>().List(0, state: null, 0, 100).Select(row => DeliveryItem.Of(row, store.Get<DeliveryStore>(), store.Get<MailingStore>())).ToList();
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, deliveries = rows });
            else foreach (var each in rows) Console.Out.WriteLine(Line(each));
            return Task.FromResult(SharedOptions.Listed(parsed, empty, rows.Count));
        });
        return command;
    }

    public static Command Locks()
    {
        var key = new Argument<string>("CLIENT") { Description = "Key of the client." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var empty = SharedOptions.FailIfEmpty();
        var command = new Command("locks", "Lists the locked user databases of a client.") { key, empty, data, json };
        command.SetAction((parsed, _) =>
        {
            using var store = OfflineStore.Open(SharedOptions.Settings(parsed.GetValue(data)));
            var client = store.Get<DefinitionStore>().FindClient(parsed.GetValue(key)!) ?? throw new CommandException(ExitCode.NotFound, $"CL2005: client '{parsed.GetValue(key)}' is not in this installation; see closedloop apply.");
            var locks = store.Get<ContactStore>().Locks(client.Value.Id);
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, locks });
            else foreach (var each in locks) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {each.DatabaseId}  since {Instants.FromMicroseconds(each.Since):u}  {each.Holder}"));
            return Task.FromResult(SharedOptions.Listed(parsed, empty, locks.Count));
        });
        return command;
    }

    private static void Print(OperationDetail detail)
    {
        Console.Out.WriteLine(Line(detail.Operation));
        foreach (var step in detail.Transitions) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {step.BeginsAt:u}  {step.Status,-28}  {step.Message}"));
        foreach (var problem in detail.Problems) Console.Out.WriteLine("    " + problem);
        foreach (var delivery in detail.Deliveries) Console.Out.WriteLine("  " + Line(delivery));
    }

    private static string Line(OperationItem each) => string.Create(
        CultureInfo.InvariantCulture, $"  {each.Id,6}  {each.Status,-9} {each.FileName}  {each.SubStatus}  {each.RowsRead} rows read, {each.RowsAdded} added, {each.RowsSkipped} skipped");

    private static string Line(DeliveryItem each) => string.Create(
        CultureInfo.InvariantCulture,
        $"  {each.Id}  {each.State,-11} {(each.Test ? "test  " : "")}{each.Name}  filter {each.FilterId}, {each.Accepted} recipients{(each.StartsAt is { } at && each.StartedAt is null ? string.Create(CultureInfo.InvariantCulture, $", starts {at:u}") : "")}");
}
