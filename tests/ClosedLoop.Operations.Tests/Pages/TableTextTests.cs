using System.Net;
using ClosedLoop.Operations.Pages;
using ClosedLoop.Operations.Tests.Support;

namespace ClosedLoop.Operations.Tests.Pages;

[Collection(ServedCollection.Name)]
public sealed class TableTextTests(ServedHere served)
{
    [Fact]
    public void Quotes_breaks_and_formulas_do_no_harm() => Assert.Equal(
        "a,b\r\n\"x\"\"y\",\"1\n2\"\r\n'=SUM(A1),\r\n", TableText.Of(["a", "b"], [["x\"y", "1\n2"], ["=SUM(A1)", null]]));

    [Fact]
    public async Task The_audit_is_taken_away_as_a_table()
    {
        using var client = await served.SignedInAsync();
        using var answer = await client.GetAsync(new Uri("/audit.csv", UriKind.Relative));
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("at,actor,origin,action,subject,done,answer,reason,before,after\r\n", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri("/files/999999/problems.csv", UriKind.Relative))).StatusCode);
    }
}
