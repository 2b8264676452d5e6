using System.CommandLine;
using System.Globalization;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>orders</c>: operations of XML Delivery, the deliveries they made, and the databases they use.</summary>
internal static class OrdersCommand
{
    public static Command Create()
    {
        var command = new Command("orders", "Orders of XML Delivery: operations, their deliveries, the databases of accounts.");
        command.Subcommands.Add(OrdersList.Operations());
        command.Subcommands.Add(OrdersList.Show());
        command.Subcommands.Add(OrdersList.Deliveries());
        command.Subcommands.Add(OnDelivery("start", "Starts a draft, or a delivery that waits for its time, now."));
        command.Subcommands.Add(Schedule());
        command.Subcommands.Add(OnDelivery("duplicate", "Makes a draft with the content and recipients of a delivery."));
        command.Subcommands.Add(OnDelivery("delete", "Deletes a draft, or a delivery that never started."));
        command.Subcommands.Add(OnDelivery("cancel", "Gives a waiting delivery up, or ends one that is being sent."));
        command.Subcommands.Add(OrdersList.Locks());
        command.Subcommands.Add(OnDatabase("lock", "Locks a user database: orders wait or fail meanwhile."));
        command.Subcommands.Add(OnDatabase("unlock", "Opens a locked user database, whoever has locked it."));
        command.Subcommands.Add(Load());
        return command;
    }

    private static Command OnDelivery(string verb, string description)
    {
        var id = new Argument<long>("ID") { Description = "Number of the delivery, see closedloop orders deliveries." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command(verb, description) { id, data, json };
        var yes = Consent.Yes();
        if (verb is "delete" or "cancel") command.Options.Add(yes);
        command.SetAction((parsed, cancellation) =>
        {
            if (verb is "delete" or "cancel") Consent.Ask(parsed, yes, string.Create(CultureInfo.InvariantCulture, $"Nobody will get delivery {parsed.GetValue(id)} any more. {(verb == "delete" ? "Delete" : "Cancel")} it?"));
            return OperatorClient.PostAsync(
                SharedOptions.Settings(parsed.GetValue(data)), string.Create(CultureInfo.InvariantCulture, $"/deliveries/{parsed.GetValue(id)}/{verb}"), parsed.GetValue(json), cancellation);
        });
        return command;
    }

    private static Command Schedule()
    {
        var id = new Argument<long>("ID") { Description = "Number of the delivery, see closedloop orders deliveries." };
        var at = new Argument<DateTimeOffset>("TIME") { Description = "When, as in 2031-05-14T09:30:00+02:00." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("schedule", "Gives a draft or a waiting delivery a time.") { id, at, data, json };
        command.SetAction((parsed, cancellation) => OperatorClient.PostAsync(
            SharedOptions.Settings(parsed.GetValue(data)),
            string.Create(CultureInfo.InvariantCulture, $"/deliveries/{parsed.GetValue(id)}/schedule?at={Uri.EscapeDataString(parsed.GetValue(at).ToString("O", CultureInfo.InvariantCulture))}"),
            parsed.GetValue(json), cancellation));
        return command;
    }

    private static Command OnDatabase(string verb, string description)
    {
        var key = new Argument<string>("CLIENT") { Description = "Key of the client." };
        var id = new Argument<long>("DATABASE") { Description = "Number of the user database." };
        var reason = new Option<string?>("--reason") { Description = "Why; shown to whoever finds it locked." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command(verb, description) { key, id, data, json };
        if (verb == "lock") command.Options.Add(reason);
        command.SetAction((parsed, cancellation) =>
        {
            var why = verb == "lock" && parsed.GetValue(reason) is { } text ? "?reason=" + Uri.EscapeDataString(text) : "";
            return OperatorClient.PostAsync(
                SharedOptions.Settings(parsed.GetValue(data)),
                string.Create(CultureInfo.InvariantCulture, $"/clients/{Uri.EscapeDataString(parsed.GetValue(key)!)}/databases/{parsed.GetValue(id)}/{verb}{why}"), parsed.GetValue(json), cancellation);
        });
        return command;
    }

    private static Command Load()
    {
        var key = new Argument<string>("CLIENT") { Description = "Key of the client." };
        var id = new Argument<long>("DATABASE") { Description = "Number of the user database." };
        var path = new Argument<string>("PATH") { Description = "CSV with field names in its first row, or a zip archive of one." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("load", "Loads rows into a user database.") { key, id, path, data, json };
        command.SetAction((parsed, cancellation) => OperatorClient.PostAsync(
            SharedOptions.Settings(parsed.GetValue(data)),
            string.Create(
                CultureInfo.InvariantCulture,
                $"/clients/{Uri.EscapeDataString(parsed.GetValue(key)!)}/databases/{parsed.GetValue(id)}/load?path={Uri.EscapeDataString(Path.GetFullPath(parsed.GetValue(path)!))}"),
            parsed.GetValue(json), cancellation));
        return command;
    }
}
