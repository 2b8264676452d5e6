using System.Globalization;
using ClosedLoop.Delivery;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Operations.Tests.Support;

/// <summary>The service in mode Live, with guard rails, and two people for more than five recipients. Its relay is away: what is handed to it waits.</summary>
public sealed class ServedLive : ServedHere
{
    public const int TwoPeopleAbove = 5;

    private protected override Task<Installation> InstallAsync() => Installation.CreateAsync(
        embeddedSink: false, import: """, "guards": {}""",
        more: string.Create(CultureInfo.InvariantCulture, $$""" "relay": { "host": "127.0.0.1", "port": {{Testing.Installations.Ports.Free()}} }, "notify": { "problemsTo": ["night@example.org"] },"""));

    private protected override SiloSettings Change(SiloSettings settings) => settings with
    {
        Sink = settings.Sink with { Embedded = false },
        Delivery = settings.Delivery with { Mode = DeliveryMode.Live, ClientName = "mail.example.org", TwoPeopleAbove = TwoPeopleAbove },
        Tracking = settings.Tracking with { BaseUrl = "https://news.example.org" },
    };
}
