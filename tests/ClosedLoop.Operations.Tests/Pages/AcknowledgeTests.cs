using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ClosedLoop.Data;
using ClosedLoop.Model;
using ClosedLoop.Operations.Tests.Support;

namespace ClosedLoop.Operations.Tests.Pages;

/// <summary>What needs a person, and who has seen it.</summary>
[Collection(ServedCollection.Name)]
public sealed class AcknowledgeTests(ServedHere served)
{
    private const string Item = "alarm/room/disk/seen";

    [Fact]
    public async Task What_somebody_has_seen_stays_and_others_see_by_whom_until_it_comes_again()
    {
        await AlarmAsync();
        using var browser = await served.SignedInAsync();
        using var api = served.Client(served.CommandLineToken);
        Assert.Equal(JsonValueKind.Null, (await FindAsync(api)).GetProperty("seenBy").ValueKind);

        using var page = await browser.GetAsync(new Uri("/", UriKind.Relative));
        using var pressed = await browser.PostAsync(new Uri("/attention/acknowledge", UriKind.Relative), await FormText.OfAsync(page, ("item", Item)));
        Assert.Equal(HttpStatusCode.Redirect, pressed.StatusCode);
        Assert.Contains("seen by local", await browser.GetStringAsync(new Uri("/", UriKind.Relative)), StringComparison.Ordinal);
        var seen = await FindAsync(api);
        Assert.Equal("local", seen.GetProperty("seenBy").GetString());
        Assert.True(seen.GetProperty("seenAt").GetDateTimeOffset() >= seen.GetProperty("since").GetDateTimeOffset());

        // Another person may say so, too; nobody twice.
        Assert.Equal((true, false), (await AcknowledgeAsync(api), await AcknowledgeAsync(api)));
        Assert.Equal("command line", (await FindAsync(api)).GetProperty("seenBy").GetString());

        // The same alarm once more is another matter.
        await GoneAsync();
        await AlarmAsync();
        Assert.Equal(JsonValueKind.Null, (await FindAsync(api)).GetProperty("seenBy").ValueKind);
        await GoneAsync();
    }

    [Fact]
    public async Task What_needs_nobody_is_not_seen_to()
    {
        using var api = served.Client(served.CommandLineToken);
        using var answer = await api.PostAsync(new Uri("/api/v1/attention/acknowledge?item=file/4711", UriKind.Relative), content: null);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<bool> AcknowledgeAsync(HttpClient client)
    {
        using var answer = await client.PostAsync(new Uri("/api/v1/attention/acknowledge?item=" + Item, UriKind.Relative), content: null);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("done").GetBoolean();
    }

    private static async Task<JsonElement> FindAsync(HttpClient client) =>
        (await client.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/overview", UriKind.Relative))).GetProperty("attention").EnumerateArray().Single(item => item.GetProperty("item").GetString() == Item);

    private Task<int> AlarmAsync() => served.Get<LedgerWriter>().WriteAsync(context => context.Execute(
        "INSERT INTO alarm (scope, subject, cause, client_id, message, since) VALUES ('seen', 'disk/seen', 'room', NULL, 'the disk of this test is nearly full', $1)", TimeProvider.System.NowMicroseconds()));

    private Task<int> GoneAsync() => served.Get<LedgerWriter>().WriteAsync(context => context.Execute("DELETE FROM alarm WHERE scope = 'seen'"));
}
