using ClosedLoop.Mail.Bounces;

namespace ClosedLoop.Mail.Tests.Bounces.Refusals;

/// <summary>How the well-known mail systems word their refusals, family by family, and what each means.</summary>
public sealed class RefusalTests
{
    [Theory]
    [MemberData(nameof(OpenServerRefusals.All), MemberType = typeof(OpenServerRefusals))]
    [MemberData(nameof(MicrosoftRefusals.All), MemberType = typeof(MicrosoftRefusals))]
    [MemberData(nameof(AmericanRefusals.All), MemberType = typeof(AmericanRefusals))]
    [MemberData(nameof(EuropeanRefusals.All), MemberType = typeof(EuropeanRefusals))]
    [MemberData(nameof(AsianRefusals.All), MemberType = typeof(AsianRefusals))]
    [MemberData(nameof(GatewayRefusals.All), MemberType = typeof(GatewayRefusals))]
    [MemberData(nameof(GroupwareRefusals.All), MemberType = typeof(GroupwareRefusals))]
    [MemberData(nameof(PublishedRefusals.All), MemberType = typeof(PublishedRefusals))]
    [MemberData(nameof(ContradictoryRefusals.All), MemberType = typeof(ContradictoryRefusals))]
    public void Reason_is_what_the_server_means(BounceReason expected, string stage, string reply) =>
        Assert.Equal(expected, RefusalReport.Read(stage, reply).Reason);
}
