using System.CommandLine;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>drain</c>: the running service takes no work up any more, and says when it may be stopped.</summary>
internal static class DrainCommand
{
    public static Command Create()
    {
        var undo = new Option<bool>("--undo") { Description = "Takes work up again." };
        var reason = new Option<string?>("--reason") { Description = "Why; kept in the audit." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("drain", "Takes no file and no recipient up any more and ends what is begun; the page System says when it is safe to stop.") { undo, reason, data, json };
        command.SetAction((parsed, cancellation) => OperatorClient.PostAsync(
            SharedOptions.Settings(parsed.GetValue(data)), (parsed.GetValue(undo) ? "/system/resume" : "/system/drain") + (parsed.GetValue(reason) is { } text ? "?reason=" + Uri.EscapeDataString(text) : ""), parsed.GetValue(json), cancellation));
        return command;
    }
}
