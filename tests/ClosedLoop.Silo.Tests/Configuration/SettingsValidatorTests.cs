using ClosedLoop.Delivery;
using ClosedLoop.Mail.Dkim;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Configuration;

public sealed class SettingsValidatorTests
{
    private static readonly SiloSettings Good = new();

    public static TheoryData<string, SiloSettings> Faulty() => new()
    {
        { "ClosedLoop:Data is empty", Good with { Data = " " } },
        { "ClosedLoop:Http:Listen is 'ftp://here'", Good with { Http = new() { Listen = "ftp://here" } } },
        { "ClosedLoop:Http:Listen is 'http://127.0.0.1:8080/x'", Good with { Http = new() { Listen = "http://127.0.0.1:8080/x" } } },
        { "ClosedLoop:Tracking:BaseUrl is 'news.example.org'", Good with { Tracking = new() { BaseUrl = "news.example.org" } } },
        { "ClosedLoop:Tracking:MppRangesFile is '/no/such/file'", Good with { Tracking = new() { MppRangesFile = "/no/such/file" } } },
        { "ClosedLoop:Sink:Port is 0", Good with { Sink = new() { Port = 0 } } },
        { "ClosedLoop:Sink:Port is 65536", Good with { Sink = new() { Port = 65_536 } } },
        { "ClosedLoop:Sink:Host is empty", Good with { Sink = new() { Embedded = false, Host = "" } } },
        { "ClosedLoop:Sink:Host is 'localhost'", Good with { Sink = new() { Host = "localhost" } } },
        { "ClosedLoop:Delivery:TwoPeopleAbove is -1", Good with { Delivery = new() { TwoPeopleAbove = -1 } } },
        { "ClosedLoop:Delivery:TwoPeopleAbove is 1000000001", Good with { Delivery = new() { TwoPeopleAbove = 1_000_000_001 } } },
        { "ClosedLoop:Delivery:InDoubtWindow is 4097", Good with { Delivery = new() { InDoubtWindow = 4097 } } },
        { "ClosedLoop:Delivery:GroupSize is 65; expected 1 to 64", Good with { Delivery = new() { GroupSize = 65 } } },
        { "ClosedLoop:Delivery:GroupSize is 0", Good with { Delivery = new() { GroupSize = 0 } } },
        { "ClosedLoop:Delivery:ConcurrentBatches is 257", Good with { Delivery = new() { ConcurrentBatches = 257 } } },
        { "ClosedLoop:Delivery:Dkim:0 lacks Domain, Selector or KeyFile", Good with { Delivery = new() { Dkim = [new() { Domain = "example.org" }] } } },
        { "ClosedLoop:Delivery:Dkim:0 cannot be used: Could not find", Good with { Delivery = new() { Dkim = [new() { Domain = "example.org", Selector = "s", KeyFile = "/no/such/file" }] } } },
        { "ClosedLoop:ClientScanSeconds is 0.09", Good with { ClientScanSeconds = 0.09 } },
        { "ClosedLoop:ClientScanSeconds is 3601", Good with { ClientScanSeconds = 3601 } },
        { "ClosedLoop:ClientScanSeconds is NaN", Good with { ClientScanSeconds = double.NaN } },
        { "ClosedLoop:Tracking:BaseUrl is not set; in mode Live", Good with { Delivery = new() { Mode = DeliveryMode.Live, ClientName = "mail.example.org" } } },
        { "ClosedLoop:Tracking:BaseUrl is 'http://news.example.org'; in mode Live", Live("http://news.example.org") },
        { "ClosedLoop:Tracking:BaseUrl is 'https://localhost'; in mode Live", Live("https://localhost") },
        { "ClosedLoop:Delivery:ClientName is not set; in mode Live", Live("https://news.example.org") with { Delivery = new() { Mode = DeliveryMode.Live } } },
        { "ClosedLoop:Operator:Listen is 'http://0.0.0.0:8081'; passwords", Good with { Operator = new() { Listen = "http://0.0.0.0:8081" } } },
        { "ClosedLoop:Operator:Address is 'http://server:8081'; passwords", Good with { Operator = new() { Listen = "http://0.0.0.0:8081", Address = "http://server:8081" } } },
        { "ClosedLoop:Operator:Address is 'https://ops.example.org/x'; expected", Good with { Operator = new() { Address = "https://ops.example.org/x" } } },
        { "ClosedLoop:Operator:Address is 'http://localhost:8081' while", Good with { Operator = new() { Address = "http://localhost:8081", BehindTls = true } } },
        { "ClosedLoop:Operator:FirstAdmin:PasswordFile is '/no/such/file', which", Good with { Operator = new() { FirstAdmin = new() { PasswordFile = "/no/such/file" } } } },
        { "ClosedLoop:Operator:FirstAdmin:PasswordFile is '/dev/null', whose", Good with { Operator = new() { FirstAdmin = new() { PasswordFile = "/dev/null" } } } },
        { "ClosedLoop:Operator:OpenId:Scope is 'profile'", Good with { Operator = new() { OpenId = new() { Authority = "https://id.example.org", ClientId = "x", Scope = "profile" } } } },
        { "ClosedLoop:Http:TrustedProxies has 'proxy.internal'", Good with { Http = new() { TrustedProxies = "10.0.0.0/8, ::1, proxy.internal" } } },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_value_out_of_bounds_is_named_with_its_key(string fault, SiloSettings settings) =>
        Assert.Contains(fault, Assert.Single(SettingsValidator.Validate(settings)), StringComparison.Ordinal);

    [Theory]
    [InlineData("admin", "twelve chars", null)]
    [InlineData("admin", "eleven char", "whose first line is no password: a password has 12 to 200")]
    [InlineData(" ", "twelve chars", "ClosedLoop:Operator:FirstAdmin:Name is empty")]
    public void The_first_password_is_looked_at_before_anything_starts(string name, string line, string? fault)
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "password");
        File.WriteAllText(file, line + "\nmore\n");
        var faults = SettingsValidator.Validate(Good with { Operator = new() { FirstAdmin = new() { Name = name, PasswordFile = file } } });
        if (fault is null) Assert.Empty(faults);
        else Assert.Contains(fault, Assert.Single(faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:8081")]
    [InlineData("https://ops.example.org")]
    public void A_container_listens_on_every_address_where_its_own_address_is_safe(string address) =>
        Assert.Empty(SettingsValidator.Validate(Good with { Operator = new() { Listen = "http://0.0.0.0:8081", Address = address } }));

    [Theory]
    [InlineData(null, null)]
    [InlineData(DkimAlgorithm.Ed25519Sha256, null)]
    [InlineData(DkimAlgorithm.RsaSha256, "ClosedLoop:Delivery:Dkim:0 wants RsaSha256, but the key in")]
    public void A_signing_key_is_tried(DkimAlgorithm? wanted, string? fault)
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "key.pem");
        File.WriteAllText(file, "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n");

        var faults = SettingsValidator.Validate(Good with { Delivery = new() { Dkim = [new() { Domain = "example.org", Selector = "s", KeyFile = file, Algorithm = wanted }] } });

        Assert.StartsWith(fault ?? "", faults.SingleOrDefault() ?? "", StringComparison.Ordinal);
        Assert.Equal(fault is null ? 0 : 1, faults.Count);
    }

    [Fact]
    public void The_defaults_are_in_order() => Assert.Empty(SettingsValidator.Validate(Good));

    [Fact]
    public void The_limits_themselves_are_in_order() => Assert.Empty(SettingsValidator.Validate(Good with
    {
        Sink = new() { Embedded = false, Host = "sink.internal", Port = 65_535 },
        Delivery = new() { Mode = DeliveryMode.Live, InDoubtWindow = 4096, GroupSize = 4096, ConcurrentBatches = 256, ClientName = "mail.example.org" },
        Http = new() { TrustedProxies = "10.0.0.1,192.168.0.0/16,2001:db8::/32" },
        Tracking = new() { BaseUrl = "https://news.example.org/mail" },
        ClientScanSeconds = 0.1,
    }));

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var faults = SettingsValidator.Validate(new SiloSettings
        {
            Data = "",
            Http = new() { Listen = "nowhere" },
            Sink = new() { Embedded = false, Host = "", Port = -1 },
            Delivery = new() { Mode = DeliveryMode.Live, InDoubtWindow = 0, GroupSize = 0, ConcurrentBatches = 0 },
            ClientScanSeconds = 0,
        });
        Assert.Equal(10, faults.Count);
        var text = new SettingsException(faults).Message;
        Assert.StartsWith("CL3010: ", text, StringComparison.Ordinal);
        Assert.All(faults, fault => Assert.Contains(fault, text, StringComparison.Ordinal));
    }

    private static SiloSettings Live(string url) => Good with { Delivery = new() { Mode = DeliveryMode.Live, ClientName = "mail.example.org" }, Tracking = new() { BaseUrl = url } };
}
