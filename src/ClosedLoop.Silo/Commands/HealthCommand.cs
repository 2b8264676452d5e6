using System.CommandLine;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>health</c>: liveness for containers, which have no other program to ask with.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public static Command Create()
    {
        var data = SharedOptions.Data();
        var set = SharedOptions.Set();
        var json = SharedOptions.Json();
        var command = new Command("health", "Asks the service on this machine whether it lives; exit code 0 or 5.") { data, set, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var listen = new UriBuilder(SharedOptions.Settings(parsed.GetValue(data), parsed.GetValue(set)).Http.Listen);
            if (listen.Host is "0.0.0.0" or "[::]" or "*" or "+") listen.Host = "127.0.0.1";
            listen.Path = "/healthz";
            using var client = new HttpClient { Timeout = Patience };
            try
            {
                using var response = await client.GetAsync(listen.Uri, cancellation);
                var answer = await response.Content.ReadAsStringAsync(cancellation);
                if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, alive = response.IsSuccessStatusCode, answer });
                else Console.Out.WriteLine(answer);
                return response.IsSuccessStatusCode ? ExitCode.Ok : ExitCode.Temporary;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
            {
                throw new CommandException(ExitCode.Temporary, $"CL2009: the service at {listen.Uri.GetLeftPart(UriPartial.Authority)} does not answer ({e.Message}); start it with closedloop serve.");
            }
        });
        return command;
    }
}
