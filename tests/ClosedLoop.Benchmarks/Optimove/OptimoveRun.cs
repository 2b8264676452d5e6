using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ClosedLoop.Data.Clients;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Optimove;
using ClosedLoop.Optimove;
using ClosedLoop.Optimove.Double;
using ClosedLoop.Optimove.Outbound;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Benchmarks.Optimove;

/// <summary>The service with the double of Optimove and the built-in sink in one process; calls are made on a fixed beat, whether earlier ones were answered or not.</summary>
internal static class OptimoveRun
{
    private const long ClientId = 90000000001;
    private const int Template = 234;
    private const int Channel = 504;
    private const int People = 2_000;
    private const int WarmUp = 200;

    public static async Task<OptimoveReport> RunAsync(int triggersPerSecond, int callsPerSecond, int seconds)
    {
        var folder = Directory.CreateTempSubdirectory("closedloop-optimove-").FullName;
        await using var optimove = await OptimoveDouble.StartAsync();
        optimove.State.Keys["benchmark-key"] = KeyRole.Admin;
        var accepted = new ConcurrentDictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        var (port, sinkPort, operatorPort) = Free();
        var settings = new SiloSettings
        {
            Data = folder,
            Http = new HttpSettings { Listen = $"http://127.0.0.1:{port}" },
            Operator = new OperatorSettings { Listen = $"http://127.0.0.1:{operatorPort}" },
            Sink = new SinkSettings { Port = sinkPort, KeepMessages = false },
            Optimove = new OptimoveSettings { AllowInside = true, CallsPerSecond = 100_000 },
        };
        var app = SiloHost.Build(settings, services => services.AddSingleton(new SinkAudience
        {
            Received = message =>
            {
                accepted[message.Record.Subject!] = Stopwatch.GetTimestamp();
                return ValueTask.CompletedTask;
            },
        }), LogLevel.Warning);
        try
        {
            var url = await StartAsync(app, optimove, callsPerSecond);
            using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 });
            await BeatAsync(http, url, 50, WarmUp, n => Trigger("warm", n));
            await WaitAsync(accepted, WarmUp);

            var sent = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
            var triggers = triggersPerSecond * seconds;
            var (_, triggerFaults) = await BeatAsync(http, url, triggersPerSecond, triggers, n =>
            {
                sent[Subject("run", n)] = Stopwatch.GetTimestamp();
                return Trigger("run", n);
            });
            await WaitAsync(accepted, WarmUp + triggers - triggerFaults);
            var mails = sent.Where(pair => accepted.ContainsKey(pair.Key)).Select(pair => Stopwatch.GetElapsedTime(pair.Value, accepted[pair.Key]).TotalMilliseconds).ToList();

            // Calls of people nobody knows: stored like any other, without mails that would take their share of the machine.
            var calls = callsPerSecond * seconds;
            var (answers, faults) = await BeatAsync(http, url, callsPerSecond, calls, n => Body("flood", n, string.Create(CultureInfo.InvariantCulture, $"stranger-{n}")));
            return new OptimoveReport(triggersPerSecond, triggers, OptimoveReport.Percentiles(mails), callsPerSecond, calls, OptimoveReport.Percentiles(answers), triggers - mails.Count + faults);
        }
        finally
        {
            await app.StopAsync();
            await app.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> StartAsync(WebApplication app, OptimoveDouble optimove, int callsPerSecond)
    {
        var client = new ClientDefinition { Id = ClientId, Key = "bench", Sender = new SenderSettings { Address = "letters@news.example.org", Name = "Bench" } };
        var definitions = app.Services.GetRequiredService<DefinitionStore>();
        await definitions.ApplyAsync(client);
        await definitions.ApplyAsync(new SourceMailing
        {
            Id = Template,
            ClientId = ClientId,
            Name = "Cart",
            Subject = "{{ firstname }}",
            Html = "<p>Hello {{ lastname }}</p><p><a href=\"https://shop.example.org/cart\">Your cart</a></p>",
            Text = "Hello {{ lastname }}",
        });
        await app.Services.GetRequiredService<ConnectorSaving>().SaveAsync(
            new OptimoveFile
            {
                ApiKey = "benchmark-key",
                Connector = new OptimoveDefinition
                {
                    BaseUrl = optimove.Address,
                    Channels = [new OptimoveChannel { ChannelId = Channel, Medium = OptimoveMedium.Email }],
                    TriggersPerSecond = Math.Max(1_000, 4 * callsPerSecond),
                },
            }, client);
        await app.Services.GetRequiredService<HookIntake>().SaveProfilesAsync(
            ClientId, [.. Enumerable.Range(0, People).Select(i => new Profile { ExternalId = Customer(i), Email = string.Create(CultureInfo.InvariantCulture, $"cust.{i}@example.org") })], isFromOptimove: true);
        await app.StartAsync();
        while (optimove.State.ListenersNow().Count < 3) await Task.Delay(50);
        return optimove.State.ListenersNow().First(listener => listener.EventType == 11).Url;
    }

    /// <summary>Makes calls on a beat.</summary>
    /// <returns>Milliseconds of each answer, and how many were not 200.</returns>
    private static async Task<(IReadOnlyCollection<double> Answers, int Faults)> BeatAsync(HttpClient http, string url, int perSecond, int count, Func<int, string> body)
    {
        var answers = new ConcurrentBag<double>();
        var faults = 0;
        var start = Stopwatch.GetTimestamp();
        var open = new List<Task>(count);
        for (var n = 0; n < count; n++)
        {
            var wait = TimeSpan.FromSeconds((double)n / perSecond) - Stopwatch.GetElapsedTime(start);
            if (wait > TimeSpan.FromMilliseconds(1)) await Task.Delay(wait);
            var text = body(n);
            open.Add(Task.Run(async () =>
            {
                var left = Stopwatch.GetTimestamp();
                using var content = new StringContent(text, Encoding.UTF8, "application/json");
                using var response = await http.PostAsync(new Uri(url), content);
                answers.Add(Stopwatch.GetElapsedTime(left).TotalMilliseconds);
                if (response.StatusCode != HttpStatusCode.OK) Interlocked.Increment(ref faults);
            }));
        }

        await Task.WhenAll(open);
        return (answers, faults);
    }

    private static async Task WaitAsync(ConcurrentDictionary<string, long> accepted, int count)
    {
        var start = Stopwatch.GetTimestamp();
        while (accepted.Count < count && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(60)) await Task.Delay(20);
    }

    private static string Trigger(string run, int n) => Body(run, n, Customer(n % People));

    private static string Body(string run, int n, string customer) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"eventTypeID":11,"campaignID":"cart-1","channelID":{{Channel}},"templateID":{{Template}},"customerID":"{{customer}}","timeStamp":"{{DateTime.UtcNow:yyyy-MM-dd HH:mm:ss.ffffff}}","firstname":"{{Subject(run, n)}}"}""");

    private static string Subject(string run, int n) => string.Create(CultureInfo.InvariantCulture, $"{run}-{n}");

    private static string Customer(int n) => string.Create(CultureInfo.InvariantCulture, $"cust-{n}");

    /// <summary>Three ports that nobody has; held together, so that they are three.</summary>
    private static (int Http, int Sink, int Operator) Free()
    {
        using var one = new TcpListener(IPAddress.Loopback, 0);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        using var third = new TcpListener(IPAddress.Loopback, 0);
        one.Start();
        other.Start();
        third.Start();
        return (((IPEndPoint)one.LocalEndpoint).Port, ((IPEndPoint)other.LocalEndpoint).Port, ((IPEndPoint)third.LocalEndpoint).Port);
    }
}
