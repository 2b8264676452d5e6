using System.CommandLine;
using System.Globalization;
using ClosedLoop.Operations.Api;
using ClosedLoop.Operations.Reading;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>queues trace</c> and <c>queues traces</c>: what is said on a connection to a relay.</summary>
internal static class QueuesTrace
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    public static Command Order()
    {
        var client = new Option<string>("--client") { Description = "Key of the client.", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why; written into the audit.", Required = true };
        var wait = new Option<bool>("--wait") { Description = "Waits for the connection and prints what is said until it is closed; exit code 9 when none was opened within ten minutes." };
        var timeout = SharedOptions.TimeOut("How long to wait");
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("trace", "Writes down what is said on the next connection to a client's relay, without secrets, messages and the names in addresses.") { client, reason, wait, timeout, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = SharedOptions.Settings(parsed.GetValue(data));
            var key = parsed.GetValue(client)!;
            var answer = await OperatorClient.AskAsync(settings, $"/clients/{Uri.EscapeDataString(key)}/lanes/trace?reason={Uri.EscapeDataString(parsed.GetValue(reason)!)}", cancellation);
            if (!parsed.GetValue(wait)) return OperatorClient.Print(answer, parsed.GetValue(json));
            await Console.Error.WriteLineAsync(answer.Text);
            using var store = OfflineStore.Open(settings);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(TimeSpan.FromSeconds(parsed.GetValue(timeout)));
            try
            {
                return await FollowAsync(store.Get<TraceReader>(), SharedOptions.ClientOf(store, key).Id, parsed.GetValue(json), limit.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw new CommandException(ExitCode.TimeOut, $"CL9684: the connection is not closed after {parsed.GetValue(timeout).ToString(CultureInfo.InvariantCulture)} seconds; closedloop queues traces shows it later.");
            }
        });
        return command;
    }

    public static Command List()
    {
        var client = new Option<string?>("--client") { Description = "Key of the client; every client when not given." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var empty = SharedOptions.FailIfEmpty();
        var command = new Command("traces", "Connections of the last day that were written down, newest first.") { client, empty, data, json };
        command.SetAction((parsed, _) =>
        {
            using var store = OfflineStore.Open(SharedOptions.Settings(parsed.GetValue(data)));
            var stories = store.Get<TraceReader>().Lately(parsed.GetValue(client) is { } key ? SharedOptions.ClientOf(store, key).Id : null);
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, traces = stories.Select(ApiTrace.Of) });
            else foreach (var story in stories) Print(story);
            return Task.FromResult(SharedOptions.Listed(parsed, empty, stories.Count));
        });
        return command;
    }

    /// <summary>The newest order of the client, from its first line to its last.</summary>
    private static async Task<int> FollowAsync(TraceReader traces, long client, bool json, CancellationToken cancellation)
    {
        var told = 0;
        while (true)
        {
            if (traces.Lately(client) is [var story, ..])
            {
                if (!json) foreach (var line in story.Lines.Skip(told)) Print(line);
                told = story.Lines.Count;
                if (story.State is "ended" or "lost" or "missed")
                {
                    if (json) Output.WriteJson(new { schema = Output.Schema, trace = ApiTrace.Of(story) });
                    return story.State == "missed" ? ExitCode.NothingToDo : ExitCode.Ok;
                }
            }

            await Task.Delay(Look, cancellation);
        }
    }

    private static void Print(TraceStory story)
    {
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"trace {story.Trace.TraceId} of {story.ClientKey}: {story.State}, asked for by {story.Trace.Actor}: {story.Trace.Reason}"));
        foreach (var line in story.Lines) Print(line);
    }

    private static void Print(TraceLine line) => Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line.At,9:0.0} {line.From} {line.Text}"));
}
