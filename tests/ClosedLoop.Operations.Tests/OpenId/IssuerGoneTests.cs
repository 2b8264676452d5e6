using ClosedLoop.Operations.Tests.Support;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Operations.Tests.OpenId;

/// <summary>The issuer does not answer.</summary>
public sealed class IssuerGoneTests : ServedHere
{
    [Theory]
    [InlineData("/login/openid")]
    [InlineData("/login/openid/leave")]
    public async Task Signing_in_or_out_there_says_that_the_issuer_cannot_be_reached(string path)
    {
        using var client = Client();
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal("/login?fault=CL9563", answer.Headers.Location!.ToString());
        Assert.Contains("CL9563", await client.GetStringAsync(answer.Headers.Location), StringComparison.Ordinal);
    }

    protected override OperatorSettings Change(OperatorSettings settings, string folder) => settings with { OpenId = new OpenIdSettings { Authority = "http://127.0.0.1:9", ClientId = "x" } };
}
