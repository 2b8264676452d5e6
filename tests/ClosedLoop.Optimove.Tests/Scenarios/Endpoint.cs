using System.Net;
using System.Text;
using ClosedLoop.Optimove.Tests.Support;

namespace ClosedLoop.Optimove.Tests.Scenarios;

/// <summary>The listener endpoint, open to the world (optimove spec section 4).</summary>
public sealed class Endpoint
{
    private const string Trigger = """{"eventTypeID":11,"campaignID":"x","channelID":504,"templateID":234,"customerID":"cust-0"}""";

    [Trait("Optimove", "14")]
    [Fact]
    public async Task What_is_too_large_or_for_nobody_is_refused_and_no_key_is_told()
    {
        await using var trial = await OptimoveTrial.StartAsync();
        await trial.SeedAsync(1);
        var url = trial.State.ListenersNow().First(listener => listener.EventType == 11).Url;
        var key = new Uri(url).AbsolutePath.Split('/')[^1];

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(trial, url, Trigger[..^1] + ",\"pad\":\"" + new string('x', 257 * 1024) + "\"}"));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(trial, "/optimove/event/" + new string('0', key.Length), Trigger));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(trial, "/optimove/event/" + key[..^1] + "x", Trigger));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(trial, url, "not json"));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(trial, url, "[]"));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(trial, url, new string('[', 20) + new string(']', 20)));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(trial, url, """{"eventTypeID":13,"channelID":504}"""));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await PostAsync(trial, url, Trigger, "application/xml"));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(trial, url, Trigger, "text/plain"));
        await Eventually.ThatAsync("mail", () => trial.Books.Sink().Count == 1, trial.Silo);

        await trial.Silo.TerminateAsync();
        Assert.DoesNotContain(key, trial.Silo.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("""{"EventTypeID":2,"TimeStamp":"2031-03-04 08:10"}""")]
    [InlineData("""{"EventTypeID":13,"CampaignID":1,"ChannelID":999}""")]
    [InlineData("""{"EventTypeID":14,"CampaignID":1,"ChannelID":504}""")]
    [InlineData("""{"eventTypeID":11,"campaignID":"x","channelID":504,"customerID":"cust-0"}""")]
    public async Task What_is_no_concern_of_ours_is_stored_and_ignored(string body)
    {
        await using var trial = await OptimoveTrial.StartAsync();
        var url = trial.State.ListenersNow().First(listener => listener.EventType == 11).Url;
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await trial.Silo.SendAsync(HttpMethod.Post, url.Split('?')[0], content);

        Assert.Equal("""{"status":"ignored"}""", await response.Content.ReadAsStringAsync());
        Assert.Equal(1, trial.Books.Scalar("SELECT COUNT(*) FROM optimove_event WHERE state = 3"));
    }

    [Fact]
    public async Task Only_named_addresses_get_in_and_floods_are_slowed_down()
    {
        await using var trial = await OptimoveTrial.StartAsync(new { allowedAddresses = new[] { "203.0.113.7" } });
        var url = trial.State.ListenersNow().First(listener => listener.EventType == 11).Url;
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(trial, url, Trigger));

        await trial.SaveAsync(new { allowedAddresses = new[] { "127.0.0.0/8" }, triggersPerSecond = 1 });
        await trial.IsAsync("Active");
        await Eventually.ThatAsync("entry", async () => await PostAsync(trial, url, Trigger) == HttpStatusCode.OK, trial.Silo);
        var statuses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PostAsync(trial, url, Trigger)));
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
    }

    private static async Task<HttpStatusCode> PostAsync(OptimoveTrial trial, string url, string body, string type = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var response = await trial.Silo.SendAsync(HttpMethod.Post, url, content);
        return response.StatusCode;
    }
}
