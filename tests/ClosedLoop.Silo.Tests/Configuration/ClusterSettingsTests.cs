using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Tests.Configuration;

public sealed class ClusterSettingsTests
{
    private static readonly SiloSettings Good = new();

    public static TheoryData<string, SiloSettings> Faulty() => new()
    {
        { "ClosedLoop:Cluster:ServiceId is ' '", With(new() { ServiceId = " " }) },
        { "ClosedLoop:Cluster:ClusterId is ''", With(new() { ClusterId = "" }) },
        { "ClosedLoop:Cluster:Name is 'nnn", With(new() { Name = new string('n', 151) }) },
        { "ClosedLoop:Cluster:SiloPort is 65536", With(new() { SiloPort = 65_536 }) },
        { "ClosedLoop:Cluster:SiloPort is 0", With(new() { SiloPort = 0, GatewayPort = 1 }) },
        { "ClosedLoop:Cluster:GatewayPort is -1", With(new() { GatewayPort = -1 }) },
        { "ClosedLoop:Cluster:GatewayPort is 65536", With(new() { GatewayPort = 65_536 }) },
        { "ClosedLoop:Cluster:GatewayPort is 11111, which is SiloPort", With(new() { GatewayPort = 11_111 }) },
        { "ClosedLoop:Cluster:ProbeSeconds is 0.4", With(new() { ProbeSeconds = 0.4 }) },
        { "ClosedLoop:Cluster:ProbeSeconds is 61", With(new() { ProbeSeconds = 61 }) },
        { "ClosedLoop:Cluster:MissedProbes is 0", With(new() { MissedProbes = 0 }) },
        { "ClosedLoop:Cluster:MissedProbes is 21", With(new() { MissedProbes = 21 }) },
        { "ClosedLoop:Cluster:LeaseSeconds is 1.9", With(new() { LeaseSeconds = 1.9 }) },
        { "ClosedLoop:Cluster:LeaseSeconds is 301", With(new() { LeaseSeconds = 301 }) },
        { "ClosedLoop:Cluster:UnreadySeconds is -1", With(new() { UnreadySeconds = -1 }) },
        { "ClosedLoop:Cluster:UnreadySeconds is 301", With(new() { UnreadySeconds = 301 }) },
        { "ClosedLoop:Cluster:Dashboard is true", With(new() { Dashboard = true }) },
        { "ClosedLoop:Roles is 'Ingest, Gateway'; this build has the embedded engine", Good with { Roles = SiloRoles.Ingest | SiloRoles.Gateway } },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_value_out_of_bounds_is_named_with_its_key(string fault, SiloSettings settings) =>
        Assert.Contains(fault, Assert.Single(SettingsValidator.Validate(settings)), StringComparison.Ordinal);

    [Theory]
    [InlineData(SiloRoles.None)]
    [InlineData((SiloRoles)16)]
    public void Roles_that_are_none_are_refused(SiloRoles roles) =>
        Assert.Contains(SettingsValidator.Validate(Good with { Roles = roles }), fault => fault.Contains("expected some of ingest, deliver, gateway, operate", StringComparison.Ordinal));

    [Fact]
    public void Everything_else_is_in_bounds()
    {
        Assert.Empty(SettingsValidator.Validate(With(new() { ProbeSeconds = 0.5, MissedProbes = 20, LeaseSeconds = 300, UnreadySeconds = 300, GatewayPort = 65_535, SiloPort = 1, Name = "a" })));
        Assert.Equal("127.0.0.1", ClusterCheck.AddressOf(new()).ToString());
    }

    private static SiloSettings With(ClusterSettings cluster) => Good with { Cluster = cluster };
}
