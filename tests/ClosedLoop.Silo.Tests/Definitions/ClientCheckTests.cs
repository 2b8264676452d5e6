using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Lists;
using ClosedLoop.Silo.Definitions;

namespace ClosedLoop.Silo.Tests.Definitions;

public sealed class ClientCheckTests
{
    private static readonly ClientDefinition Good = new() { Id = 1, Key = "oak", Sender = new() { Address = "letters@example.org" } };

    private static readonly SftpSettings Server = new() { Host = "sftp.example.org", User = "oak", KnownHostsFile = "/etc/closedloop/known_hosts" };

    public static TheoryData<string, ClientDefinition> Faulty() => new()
    {
        { "id is 0", Good with { Id = 0 } },
        { "key is 'Oak'", Good with { Key = "Oak" } },
        { "key is '-oak'", Good with { Key = "-oak" } },
        { "key is 'ooooooooooooooooooooooooooooooooooooooooo'", Good with { Key = new string('o', 41) } },
        { "sender.address is 'letters'", Good with { Sender = new() { Address = "letters" } } },
        { "list.fields has 501 columns; expected 2 to 500", Good with { List = Columns(499), Import = new() { MaxColumns = 501 } } },
        { "import.maxColumns is 5; the list has 6 columns", Good with { Import = new() { MaxColumns = 5 } } },
        { "import.maxRecordBytes is 10; expected at least import.maxFieldBytes", Good with { Import = new() { MaxRecordBytes = 10 } } },
        { "dialect.encoding is 'klingon'", Good with { Dialect = new() { Encoding = "klingon" } } },
        { "folders: '../in' is no folder name", Good with { Folders = new() { In = "../in" } } },
        { "bounce.hardLimit and bounce.softLimit are 0 and 5", Good with { Bounce = new() { HardLimit = 0 } } },
        { "CL7003: export.names", Good with { Export = new() { Names = new Dictionary<string, string>(StringComparer.Ordinal) { ["clicks"] = "clicks.csv" } } } },
        { "CL2901: export.interval is 07:00:00", Good with { Export = new() { Interval = TimeSpan.FromHours(7) } } },
        { "CL2902: export.interval is 12:00:00", Good with { Export = new() { Interval = TimeSpan.FromHours(12) } } },
        { "CL2903: export.extraFields has 'shoe_size'", Good with { Export = new() { ExtraFields = ["shoe_size"] } } },
        { "list.fields has no column 'email'", Good with { List = new() { Fields = [new() { Name = "broadmail_id" }, new() { Name = "a" }] } } },
        { "list.fields has no column 'broadmail_id'", Good with { List = new() { Fields = [new() { Name = "email" }, new() { Name = "a" }] } } },
        { "list.fields: 'First name' is no internal name", Good with { List = Extended("First name") } },
        { "list.fields: '1st' is no internal name", Good with { List = Extended("1st") } },
        { "list.fields: 'email' is there 2 times", Good with { List = Extended("email") } },
        { "dialect.encoding is 'klingon'", Good with { Dialect = new() { Encoding = "klingon" } } },
        { "relay.tls is 'always'", Good with { Relay = new() { Tls = "always" } } },
        { "relay.port is 0", Good with { Relay = new() { Port = 0 } } },
        { "relay.port is 65536", Good with { Relay = new() { Port = 65_536 } } },
        { "relay.dsn is 'always'", Good with { Relay = new() { Dsn = "always" } } },
        { "relay.user, relay.passwordSetting and relay.tokenFile do not fit", Good with { Relay = new() { User = "oak" } } },
        { "relay.user, relay.passwordSetting and relay.tokenFile do not fit", Good with { Relay = new() { PasswordSetting = "X" } } },
        { "relay.user, relay.passwordSetting and relay.tokenFile do not fit", Good with { Relay = new() { User = "oak", PasswordSetting = "X", TokenFile = "/run/token" } } },
        { "relay.tls is none and relay.user is given", Good with { Relay = new() { User = "oak", PasswordSetting = "X", Tls = "none" } } },
        { "relay.tokenFile is 'token'", Good with { Relay = new() { User = "oak", TokenFile = "token" } } },
        { "relay.certificateFile is 'ca.pem'", Good with { Relay = new() { CertificateFile = "ca.pem" } } },
        { "mail.connections is 0", Good with { Mail = new() { Connections = 0 } } },
        { "mail.connections is 1001", Good with { Mail = new() { Connections = 1001 } } },
        { "mail.retryHours is -1", Good with { Mail = new() { RetryHours = -1 } } },
        { "mail.retryHours is 241", Good with { Mail = new() { RetryHours = 241 } } },
        { "mail.perSecond is 0;", Good with { Mail = new() { PerSecond = 0 } } },
        { "mail.perSecond is 100001", Good with { Mail = new() { PerSecond = 100_001 } } },
        { "mail.domains: 'no domain' is no domain", Good with { Mail = new() { Domains = Limit("no domain", new()) } } },
        { "mail.domains.a.example.perSecond is 0.001", Good with { Mail = new() { Domains = Limit("a.example", new() { PerSecond = 0.001 }) } } },
        { "mail.domains.*.connections is 0", Good with { Mail = new() { Domains = Limit("*", new() { Connections = 0 }) } } },
        { "notify: 'nobody' is no e-mail address", Good with { Notify = new() { To = ["ops@example.org"], ProblemsTo = ["nobody"] } } },
        { "products.missing is 'keep'", Good with { Products = new() { Missing = "keep" } } },
        { "products.missing is fallback without products.fallbackId", Good with { Products = new() { Missing = "fallback" } } },
        { "products.fallbackId is 'P 1'", Good with { Products = new() { FallbackId = "P 1" } } },
        { "products.maxBytes is 0", Good with { Products = new() { MaxBytes = 0 } } },
        { "products.maxRows is 10000001", Good with { Products = new() { MaxRows = 10_000_001 } } },
        { "products.maxColumns is 1001", Good with { Products = new() { MaxColumns = 1001 } } },
        { "folders: '../x' is no folder name", Good with { Folders = new() { Products = "../x" } } },
        { "list.fields: 'product_id' holds product ids and is no string", Good with { List = Good.List with { Fields = [.. Good.List.Fields, new() { Name = "product_id", Type = Model.Lists.FieldType.Long, Content = Model.Lists.FieldContent.ProductId }] } } },
        { "retention.days is 13", Good with { Retention = new() { Days = 13 } } },
        { "retention.days is 31", Good with { Retention = new() { Days = 31 } } },
        { "sftp: Port is 0", Good with { Sftp = Server with { Port = 0 } } },
        { "sftp: User is ''", Good with { Sftp = Server with { User = null } } },
        { "sftp: KnownHostsFile is ''", Good with { Sftp = Server with { KnownHostsFile = null } } },
        { "sftp: Host is '-oX'", Good with { Sftp = Server with { Host = "-oX" } } },
        { "import.guards.rowsPercent is 0.9; expected 1 to 1000, or null", Good with { Import = new() { Guards = new() { RowsPercent = 0.9 } } } },
        { "import.guards.rowsPercent is 1000.1", Good with { Import = new() { Guards = new() { RowsPercent = 1000.1 } } } },
        { "import.guards.emptyPoints is 0; expected 0.1 to 100, or null", Good with { Import = new() { Guards = new() { EmptyPoints = 0 } } } },
        { "import.guards.emptyPoints is 100.1", Good with { Import = new() { Guards = new() { EmptyPoints = 100.1 } } } },
        { "import.pollSeconds is 0", Good with { Import = new() { PollSeconds = 0 } } },
        { "import.pollSeconds is 86401", Good with { Import = new() { PollSeconds = 86_401 } } },
        { "export.timeZone is 'Mars/Olympus'", Good with { Export = new() { TimeZone = "Mars/Olympus" } } },
        { "export.enabled is true without export.nonAnonymisedAccepted", Good with { Export = new() { Enabled = true } } },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_value_that_cannot_be_is_named_with_its_key(string fault, ClientDefinition client) =>
        Assert.Contains(fault, Assert.Single(ClientCheck.Faults(client)), StringComparison.Ordinal);

    [Fact]
    public void A_client_with_nothing_but_the_required_keys_is_in_order() => Assert.Empty(ClientCheck.Faults(Good));

    [Fact]
    public void The_limits_themselves_are_in_order() => Assert.Empty(ClientCheck.Faults(Good with
    {
        Key = new string('o', 40),
        List = Columns(498),
        Relay = new() { Port = 65_535, Tls = "implicit" },
        Mail = new() { Connections = 1000, RetryHours = 240, PerSecond = 0.01, Domains = Limit("*", new() { PerSecond = 100_000, Connections = 1000 }) },
        Import = new() { PollSeconds = 86_400 },
    }));

    [Fact]
    public void All_faults_are_told_at_once() => Assert.Equal(4, ClientCheck.Faults(Good with
    {
        Id = -1,
        Relay = new() { Port = -1, Tls = "" },
        Export = new() { TimeZone = "" },
    }).Count());

    private static ListDefinition Extended(string name) => new() { Fields = [.. ListDefinition.Default.Fields, new() { Name = name }] };

    private static ListDefinition Columns(int further) => new()
    {
        Fields = [new() { Name = "email" }, new() { Name = "broadmail_id" }, .. Enumerable.Range(0, further).Select(i => new FieldDefinition { Name = $"c{i}" })],
    };

    private static Dictionary<string, LaneLimits> Limit(string domain, LaneLimits limits) => new(StringComparer.Ordinal) { [domain] = limits };
}
