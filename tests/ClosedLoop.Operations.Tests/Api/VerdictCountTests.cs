using System.Net.Http.Json;
using System.Text.Json;
using ClosedLoop.Data.Events;
using ClosedLoop.Model;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Verdicts;
using ClosedLoop.Operations.Api;
using ClosedLoop.Operations.Tests.Support;

namespace ClosedLoop.Operations.Tests.Api;

[Collection(nameof(VerdictCountTests))]
public sealed class VerdictCountTests(ServedHere served) : IClassFixture<ServedHere>
{
    [Fact]
    public async Task People_and_machines_are_counted_apart_and_each_event_says_what_its_verdict_rests_on()
    {
        using var admin = served.Client(served.CommandLineToken);
        var file = served.Installation.Drop([Installation.Row("person@example.org"), Installation.Row("gateway@example.org")]);
        (await admin.PostAsync(new Uri("/api/v1/clients/demo/poll", UriKind.Relative), content: null)).EnsureSuccessStatusCode();
        await Eventually.ThatAsync("end of the mailing", () => served.Installation.Books.IsFinished(file));
        var mailing = served.Installation.Books.Scalar("SELECT MAX(mailing_id) FROM mailing WHERE state <> 0");
        var gateway = served.Installation.Books.Scalar("SELECT sequence FROM recipient WHERE address = 'gateway@example.org'");
        var now = TimeProvider.System.NowMicroseconds() + 600_000_000;
        ResolvedEvent Of(TrackedEventKind kind, long sequence, int link, long at, EventSigns? seen, TrackedEventFlags flags = TrackedEventFlags.None) =>
            new(new TrackedEvent(kind, mailing, sequence, link, now + at, Flags: flags), "Firefox 128.0", "Windows 11", "Desktop", seen);
        await served.Get<EventStore>().StoreAsync("test", default, new SpoolMark(1, 1),
        [
            Of(TrackedEventKind.Open, 1 - gateway, 0, 0, EventSigns.None), Of(TrackedEventKind.Click, 1 - gateway, 2, 9_000_000, EventSigns.None),
            Of(TrackedEventKind.Open, 1 - gateway, 0, 5_000_000, EventSigns.AppleProxy, TrackedEventFlags.Automatic), Of(TrackedEventKind.Click, gateway, 1, 0, EventSigns.GatewayAgent),
            Of(TrackedEventKind.Click, gateway, 2, 100_000, EventSigns.GatewayAgent), Of(TrackedEventKind.Open, gateway, 0, 0, seen: null, TrackedEventFlags.Automatic),
        ]);

        // Stored before there were verdicts: goes by its old flag.
        Assert.Equal(1, served.Installation.Books.Scalar("SELECT COUNT(*) FROM event WHERE verdict IS NULL"));
        ApiFunnel? funnel = null;
        await Eventually.ThatAsync("figures", async () =>
        {
            var detail = await admin.GetFromJsonAsync<ApiMailingDetail>(new Uri($"/api/v1/mailings/{mailing}", UriKind.Relative), JsonSerializerOptions.Web);
            funnel = detail!.Funnel;
            return !detail.IsCounting && funnel.Clicks > 0;
        });
        Assert.Equal((1, 1, 1, 2), (funnel!.Openers, funnel.AutomaticOpeners, funnel.Opens, funnel.AutomaticOpens));
        Assert.Equal((1, 1, 1, 2), (funnel.Clickers, funnel.MachineClickers, funnel.Clicks, funnel.MachineClicks));
        Assert.Equal(
            [new("open", "human", 1, 1), new("open", "privacy-proxy", 2, 2), new("click", "human", 1, 1), new("click", "scanner", 2, 1)], funnel.Verdicts);

        using var browser = await served.SignedInAsync();
        var page = await browser.GetStringAsync(new Uri($"/mailings/{mailing}", UriKind.Relative));
        Assert.Contains("Links followed by a machine only", page, StringComparison.Ordinal);
        Assert.Contains("clicks by scanner: 2", page, StringComparison.Ordinal);
        var story = await admin.GetStringAsync(new Uri("/api/v1/recipients?q=gateway%40example.org", UriKind.Relative));
        Assert.Contains("link followed by a machine: link 1", story, StringComparison.Ordinal);
        Assert.Contains("scanner 97: gateway-agent", story, StringComparison.Ordinal);
        var trace = (await served.Installation.RunAsync("trace", "gateway@example.org")).Succeeded().Output;
        Assert.Contains("Click by a program", trace, StringComparison.Ordinal);
        Assert.Contains("scanner 97: gateway-agent", trace, StringComparison.Ordinal);
    }
}
