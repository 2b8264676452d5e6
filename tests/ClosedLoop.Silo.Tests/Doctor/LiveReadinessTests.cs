using ClosedLoop.Delivery;
using ClosedLoop.Model.Clients;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Doctor;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Doctor;

public sealed class LiveReadinessTests : IDisposable
{
    private static readonly ClientDefinition Client = new() { Id = 1, Key = "oak", Sender = new SenderSettings { Address = "letters@news.example.org" }, Relay = new RelaySettings { Host = "mail.example.org" } };

    private readonly TempFolder _folder = new();

    private SiloSettings Live => new() { Data = _folder.Path, Delivery = new DeliverySettings { Mode = DeliveryMode.Live } };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_client_with_a_relay_may_go_live() => Assert.Empty(LiveReadiness.Missing(Live, [Client]));

    [Fact]
    public void In_mode_sink_nothing_is_missing() => Assert.Empty(LiveReadiness.Missing(Live with { Delivery = new DeliverySettings() }, [Client with { Relay = new RelaySettings { Tls = "none", User = "a", Host = "far.example" } }]));

    [Fact]
    public void All_that_is_missing_is_listed_at_once()
    {
        var key = _folder.Write("keys/signing-001.key", "secret");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var client = Client with { Relay = new RelaySettings { Host = "mail.example.org", Tls = "none", User = "oak", PasswordSetting = "CLOSEDLOOP_NOBODY_SETS_THIS", TokenFile = "/nowhere/token" } };
        var sink = Client with { Key = "sink", Relay = new RelaySettings { Host = "127.0.0.1", Port = 2525 } };

        var missing = LiveReadiness.Missing(Live, [client, sink]).ToList();

        Assert.Equal(5, missing.Count);
        Assert.All(missing, line => Assert.StartsWith("CL9610", line, StringComparison.Ordinal));
        Assert.Contains(missing, line => line.Contains("signing-001.key", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_done_without_is_said() => Assert.Equal(2, LiveReadiness.Advice(Live, [Client]).Count());
}
