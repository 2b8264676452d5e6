using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Demo;

/// <summary>Settings of the demonstration: those of the machine, with the mode fixed and ports that are free.</summary>
internal static class DemoSettings
{
    /// <summary>Messages are kept for looking at up to this many recipients.</summary>
    private const int MostKept = 10_000;

    public static SiloSettings For(SiloSettings settings, int rows)
    {
        var listen = new Uri(settings.Http.Listen);
        var own = new Uri(settings.Operator.Listen);
        return settings with
        {
            Http = settings.Http with { Listen = $"{listen.Scheme}://{listen.Host}:{FreePort(listen.Port)}" },
            Operator = settings.Operator with { Listen = $"{own.Scheme}://{own.Host}:{FreePort(own.Port)}" },
            Sink = settings.Sink with { Embedded = true, Port = FreePort(settings.Sink.Port), KeepMessages = rows <= MostKept },
            Delivery = settings.Delivery with { Mode = Delivery.DeliveryMode.Sink },

            // The invented reader behind Apple's proxy asks from this machine, not from Apple's network.
            Tracking = new TrackingSettings { MppUserAgentOnly = true },
            ClientScanSeconds = 0.5,

            // The recipients' mail systems of the demonstration deliver here, and nothing is fetched from a real box.
            Inbound = new InboundSettings { Maildir = Path.Combine(settings.DataPath, "maildir"), PollSeconds = 0.2, UnsubscribeDomain = "return.example.org" },
        };
    }

    /// <summary>Short mark in every address of one run, so that runs over the same data do not meet each other's unsubscribes.</summary>
    public static string NewRun() => DateTime.UtcNow.ToString("MMddHHmmss", CultureInfo.InvariantCulture);

    /// <summary>The port asked for, or any free one when it is taken.</summary>
    private static int FreePort(int wanted)
    {
        foreach (var port in new[] { wanted, 0 })
        {
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return ((IPEndPoint)probe.LocalEndpoint).Port;
            }
            catch (SocketException) when (port != 0)
            {
                // Taken: any other will do.
            }
        }

        throw new InvalidOperationException("no port is free");
    }
}
