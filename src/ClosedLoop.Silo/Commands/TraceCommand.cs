using System.CommandLine;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>trace ADDRESS</c> and <c>recipients show ADDRESS</c>: one person's story, and why they got nothing.</summary>
internal static class TraceCommand
{
    public static Command Create() => Create("trace", "Tells one person's story: every message, what became of it, and why one was not sent.");

    public static Command Create(string name, string description)
    {
        var address = new Argument<string>("ADDRESS") { Description = "The person's address." };
        var client = new Option<string?>("--client") { Description = "Key of one client; all of them when not given." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command(name, description) { address, client, data, json };
        command.SetAction((parsed, _) =>
        {
            using var store = OfflineStore.Open(SharedOptions.Settings(parsed.GetValue(data)));
            var story = GdprCommand.Story(store, GdprCommand.Normalised(parsed.GetValue(address)!), parsed.GetValue(client));
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, known = !story.IsEmpty, story.Address, story.Clients, story.Returned });
            else PersonText.Write(Console.Out, story);
            if (!story.IsEmpty) return Task.FromResult(ExitCode.Ok);
            Console.Error.WriteLine("CL9606: nothing is known of this address: it came in no file that is still kept, and is on no list.");
            return Task.FromResult(ExitCode.NotFound);
        });
        return command;
    }
}
