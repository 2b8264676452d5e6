using ClosedLoop.Mail.Inbound;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Tests.Configuration;

public sealed class InboundSettingsTests
{
    private static readonly string AFile = typeof(InboundSettingsTests).Assembly.Location;

    private static readonly Pop3Settings Box = new() { Host = "pop.example.org", User = "returns", PasswordFile = AFile };

    public static TheoryData<string, InboundSettings> Faulty() => new()
    {
        { "ClosedLoop:Inbound:PollSeconds is 0.09", new() { PollSeconds = 0.09 } },
        { "ClosedLoop:Inbound:PollSeconds is 3601", new() { PollSeconds = 3601 } },
        { "ClosedLoop:Inbound:MaxMessageBytes is 65535", new() { MaxMessageBytes = 65_535 } },
        { "ClosedLoop:Inbound:MaxMessageBytes is 104857601", new() { MaxMessageBytes = 104_857_601 } },
        { "ClosedLoop:Inbound:RetentionDays is 0", new() { RetentionDays = 0 } },
        { "ClosedLoop:Inbound:RetentionDays is 3651", new() { RetentionDays = 3651 } },
        { "ClosedLoop:Inbound:SoftDecayDays is 366", new() { SoftDecayDays = 366 } },
        { "ClosedLoop:Inbound:HttpKeyFile is '/no/such/file'", new() { HttpKeyFile = "/no/such/file" } },
        { "ClosedLoop:Inbound:UnsubscribeDomain is 'a b'", new() { UnsubscribeDomain = "a b" } },
        { "ClosedLoop:Inbound:Pop3:Host is 'a b'", new() { Pop3 = Box with { Host = "a b" } } },
        { "ClosedLoop:Inbound:Pop3:Port is 65536", new() { Pop3 = Box with { Port = 65_536 } } },
        { "ClosedLoop:Inbound:Pop3:User is empty", new() { Pop3 = Box with { User = null } } },
        { "ClosedLoop:Inbound:Pop3:PasswordFile is '/no/such/file'", new() { Pop3 = Box with { PasswordFile = "/no/such/file" } } },
        { "ClosedLoop:Inbound:Pop3:TimeoutSeconds is 601", new() { Pop3 = Box with { TimeoutSeconds = 601 } } },
        { "ClosedLoop:Inbound:Pop3:Tls is None", new() { Pop3 = Box with { Tls = Pop3Tls.None } } },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_value_out_of_bounds_is_named_with_its_key(string fault, InboundSettings inbound) =>
        Assert.Contains(fault, Assert.Single(SettingsValidator.Validate(new SiloSettings { Inbound = inbound })), StringComparison.Ordinal);

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void A_password_in_the_clear_may_go_to_this_machine(string host) =>
        Assert.Empty(SettingsValidator.Validate(new SiloSettings { Inbound = new() { Pop3 = Box with { Host = host, Tls = Pop3Tls.None } } }));
}
