using System.Globalization;
using System.Text.Json;

namespace ClosedLoop.Benchmarks.Channels;

/// <summary><c>channels</c>: how many SMS and notifications a second one process hands to providers that answer at once, beside a bare client of the same protocol.</summary>
internal static class ChannelsCommand
{
    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        if (args is ["sink"]) return await ProviderSink.RunAsync();
        int messages = 8_000, window = 64, rounds = 3;
        IReadOnlyList<string> providers = ["twilio", "smpp", "fcm", "apns"];
        var json = false;
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--messages" when i + 1 < args.Count: messages = int.Parse(args[++i], CultureInfo.InvariantCulture); break;
                case "--window" when i + 1 < args.Count: window = int.Parse(args[++i], CultureInfo.InvariantCulture); break;
                case "--rounds" when i + 1 < args.Count: rounds = int.Parse(args[++i], CultureInfo.InvariantCulture); break;
                case "--providers" when i + 1 < args.Count: providers = args[++i].Split(','); break;
                case "--json": json = true; break;
                default:
                    await Console.Error.WriteLineAsync($"unknown argument '{args[i]}'");
                    return 2;
            }
        }

        var folder = Directory.CreateTempSubdirectory("closedloop-channels-").FullName;
        try
        {
            using var sink = SinkProcess.Start(folder);
            var rates = new List<ChannelRate>();
            foreach (var provider in providers)
            {
                for (var round = 0; round <= rounds; round++)
                {
                    // Turn by turn, so that what else runs on the machine meets both. The first round is for the compiler.
                    var ours = await ChannelLoad.RunAsync(provider, messages, window, sink, Path.Combine(folder, $"{provider}-{round}"));
                    var bare = await BareLoad.RunAsync(provider, messages, window, sink);
                    if (round > 0) rates.AddRange([ours, bare]);
                }
            }

            if (json) Console.Out.WriteLine(JsonSerializer.Serialize(rates, JsonSerializerOptions.Web));
            else ChannelRate.Print(rates, messages, window);
            return rates.TrueForAll(rate => rate.Sent == messages) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
