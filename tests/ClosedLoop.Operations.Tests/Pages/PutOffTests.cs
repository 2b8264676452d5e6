using System.Globalization;
using System.Net;
using ClosedLoop.Data;
using ClosedLoop.Model;
using ClosedLoop.Operations.Tests.Support;

namespace ClosedLoop.Operations.Tests.Pages;

/// <summary>Alarms that somebody has seen.</summary>
[Collection(ServedCollection.Name)]
public sealed class PutOffTests(ServedHere served)
{
    [Fact]
    public async Task An_alarm_is_put_off_with_a_reason_and_says_by_whom_until_when_and_why()
    {
        await served.Get<LedgerWriter>().WriteAsync(context => context.Execute(
            "INSERT INTO alarm (scope, subject, cause, client_id, message, since) VALUES ('test', 'disk/test', 'room', NULL, 'the disk of the test is nearly full', $1)", TimeProvider.System.NowMicroseconds()));
        using var client = await served.SignedInAsync();
        using var page = await client.GetAsync(new Uri("/", UriKind.Relative));
        var before = await page.Content.ReadAsStringAsync();
        Assert.Contains("the disk of the test is nearly full", before, StringComparison.Ordinal);
        Assert.Contains("name=\"hours\"", before, StringComparison.Ordinal);
        using var answer = await client.PostAsync(new Uri("/alarms/snooze", UriKind.Relative), await FormText.OfAsync(page, ("subject", "disk/test"), ("cause", "room"), ("hours", "24"), ("reason", "new disk comes tomorrow")));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var after = WebUtility.HtmlDecode(await client.GetStringAsync(new Uri("/", UriKind.Relative)));
        Assert.Contains("1 put off", after, StringComparison.Ordinal);
        Assert.Contains(": new disk comes tomorrow", after, StringComparison.Ordinal);
        await served.Get<LedgerWriter>().WriteAsync(context => context.Execute("DELETE FROM alarm WHERE scope = 'test'"));
    }

    [Fact]
    public async Task A_view_that_is_none_of_ours_is_not_kept()
    {
        using var client = await served.SignedInAsync();
        using var page = await client.GetAsync(new Uri("/mailings?state=Paused&client=demo", UriKind.Relative));
        foreach (var (path, name, query) in new[] { ("/mailings", "", "state=Paused"), ("//elsewhere.test", "x", "a=b"), ("/mailings", "x", "a=\"><b>"), ("/mailings", new string('x', 41), "a=b"), ("/mailings", "x", new string('a', 161)) })
        {
            using var refused = await client.PostAsync(new Uri("/views", UriKind.Relative), await FormText.OfAsync(page, ("path", path), ("name", name), ("query", query)));
            Assert.False(refused.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(cookie => cookie.StartsWith("closedloop.views", StringComparison.Ordinal)), query);
        }

        for (var i = 0; i < 13; i++)
        {
            using var kept = await client.PostAsync(new Uri("/views", UriKind.Relative), await FormText.OfAsync(page, ("path", "/mailings"), ("name", string.Create(CultureInfo.InvariantCulture, $"view {i:00}")), ("query", "state=Paused&client=demo")));
        }

        var html = await client.GetStringAsync(new Uri("/mailings", UriKind.Relative));
        Assert.Contains("view 12", html, StringComparison.Ordinal);
        Assert.DoesNotContain("view 00", html, StringComparison.Ordinal);
    }
}
