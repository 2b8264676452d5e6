using System.Net;
using System.Text;
using ClosedLoop.Model.Events;

namespace ClosedLoop.Responses.Tests.Tracking;

public sealed class TrackingEndpointsTests : IAsyncLifetime
{
    private const string Target = "https://shop.example.org/a?x=1&y=%20#z";
    private TrackingHost _host = null!;

    public async Task InitializeAsync() => _host = await TrackingHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData(".gif")]
    public async Task The_pixel_is_served_and_the_open_recorded(string suffix)
    {
        var before = DateTimeOffset.UtcNow.AddMilliseconds(-1);
        using var answer = await _host.SendAsync(HttpMethod.Get, "/o/" + _host.Open() + suffix, "Thunderbird/128");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("image/gif", answer.Content.Headers.ContentType!.ToString());
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var pixel = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal(43, pixel.Length);
        Assert.StartsWith("GIF89a", Encoding.ASCII.GetString(pixel), StringComparison.Ordinal);
        var tracked = Assert.Single(_host.Events());
        Assert.Equal((TrackedEventKind.Open, 71000000123, 901, "Thunderbird/128"), (tracked.Kind, tracked.MailingId, tracked.RecipientSequence, tracked.UserAgent));
        Assert.Equal(IPAddress.Loopback, tracked.RemoteAddress);
        Assert.InRange(tracked.OccurredAtUtc, before, DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task A_click_is_recorded_and_redirected_to_the_target_in_the_token()
    {
        using var answer = await _host.SendAsync(HttpMethod.Get, "/c/" + _host.Click(Target));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(Target, answer.Headers.GetValues("Location").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var tracked = Assert.Single(_host.Events());
        Assert.Equal((TrackedEventKind.Click, 4), (tracked.Kind, tracked.LinkOrdinal));
    }

    [Fact]
    public async Task Letters_outside_ascii_are_percent_encoded_in_the_redirect()
    {
        using var answer = await _host.SendAsync(HttpMethod.Get, "/c/" + _host.Click("https://shop.example.org/straße?q=ü€"));
        Assert.Equal("https://shop.example.org/stra%C3%9Fe?q=%C3%BC%E2%82%AC", answer.Headers.GetValues("Location").Single());
    }

    [Fact]
    public async Task Head_is_answered_and_not_recorded()
    {
        foreach (var path in new[] { "/o/" + _host.Open(), "/c/" + _host.Click(Target), "/u/" + _host.Unsubscribe() })
        {
            using var answer = await _host.SendAsync(HttpMethod.Head, path);
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Found, path);
            Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        }
        Assert.Empty(_host.Events());
    }

    [Fact]
    public async Task Altered_foreign_and_unknown_tokens_get_the_same_page_and_leave_nothing()
    {
        var click = _host.Click(Target);
        var altered = (click[0] == 'A' ? 'B' : 'A') + click[1..];
        var bodies = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in new[]
        {
            "/c/" + altered, "/c/" + click[..^1], "/c/" + click + "A", "/c/x", "/o/" + click, "/u/" + click, "/c/" + _host.Open(), "/c/" + _host.Unsubscribe(), "/o/.gif", "/u/%20", "/c/" + new string('A', 8001),
        })
        {
            using var answer = await _host.SendAsync(HttpMethod.Get, path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Location"));
            bodies.Add(await answer.Content.ReadAsStringAsync());
        }
        using var post = await _host.SendAsync(HttpMethod.Post, "/u/" + altered);
        Assert.Equal(HttpStatusCode.NotFound, post.StatusCode);
        bodies.Add(await post.Content.ReadAsStringAsync());
        Assert.Single(bodies);
        Assert.Empty(_host.Events());
    }

    [Theory]
    [InlineData("url")]
    [InlineData("next")]
    public async Task A_query_does_not_move_the_target(string name)
    {
        using var answer = await _host.SendAsync(HttpMethod.Get, $"/c/{_host.Click(Target)}?{name}=https://evil.example/");
        Assert.Equal(Target, answer.Headers.GetValues("Location").Single());
    }

    [Fact]
    public async Task Getting_the_unsubscribe_page_a_thousand_times_changes_nothing()
    {
        var path = "/u/" + _host.Unsubscribe();
        for (var i = 0; i < 1000; i++)
        {
            using var answer = await _host.SendAsync(i % 2 == 0 ? HttpMethod.Get : HttpMethod.Head, path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        Assert.Empty(_host.Events());
    }

    [Fact]
    public async Task The_unsubscribe_page_needs_no_script_and_may_load_nothing()
    {
        using var answer = await _host.SendAsync(HttpMethod.Get, "/u/" + _host.Unsubscribe());
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("<title>Unsubscribe</title>", page, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.Contains("<form method=\"post\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@example", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http", page, StringComparison.OrdinalIgnoreCase);
        var style = page[(page.IndexOf("<style>", StringComparison.Ordinal) + 7)..page.IndexOf("</style>", StringComparison.Ordinal)];
        Assert.Contains(Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(style))), policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_button_unsubscribes_and_says_so_also_the_second_time()
    {
        for (var i = 0; i < 2; i++)
        {
            using var form = new FormUrlEncodedContent([new("confirm", "1")]);
            using var answer = await _host.SendAsync(HttpMethod.Post, "/u/" + _host.Unsubscribe(), content: form);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("You are unsubscribed", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.All(_host.Events(), tracked => Assert.Equal((TrackedEventKind.Unsubscribe, TrackedEventFlags.None), (tracked.Kind, tracked.Flags)));
    }

    [Fact]
    public async Task One_click_unsubscribes_at_once_url_encoded_or_multipart()
    {
        using var urlEncoded = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        using var multipart = new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } };
        foreach (var body in new HttpContent[] { urlEncoded, multipart })
        {
            using var answer = await _host.SendAsync(HttpMethod.Post, "/u/" + _host.Unsubscribe(), content: body);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("Unsubscribed.", await answer.Content.ReadAsStringAsync());
        }
        Assert.Equal(2, _host.Events().Count);
        Assert.All(_host.Events(), tracked => Assert.Equal(TrackedEventFlags.OneClick, tracked.Flags));
    }

    [Theory]
    [InlineData(4096, HttpStatusCode.OK, false)]
    [InlineData(4097, HttpStatusCode.RequestEntityTooLarge, false)]
    [InlineData(4097, HttpStatusCode.RequestEntityTooLarge, true)]
    [InlineData(100_000, HttpStatusCode.RequestEntityTooLarge, true)]
    public async Task A_body_one_byte_too_long_is_refused(int length, HttpStatusCode expected, bool chunked)
    {
        using var body = new ByteArrayContent(new byte[length]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/u/" + _host.Unsubscribe()) { Content = body };
        request.Headers.TransferEncodingChunked = chunked;
        using var answer = await _host.Client.SendAsync(request);
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK ? 1 : 0, _host.Events().Count);
    }

    [Theory]
    [InlineData(4096, HttpStatusCode.OK)]
    [InlineData(4097, HttpStatusCode.RequestUriTooLong)]
    public async Task A_query_one_character_too_long_is_refused(int length, HttpStatusCode expected)
    {
        using var answer = await _host.SendAsync(HttpMethod.Get, "/o/" + _host.Open() + "?" + new string('q', length - 1));
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task With_a_full_disk_clicks_and_opens_still_work_and_unsubscribes_ask_to_try_again()
    {
        _host.Disk.Full = true;
        using var click = await _host.SendAsync(HttpMethod.Get, "/c/" + _host.Click(Target));
        Assert.Equal(Target, click.Headers.GetValues("Location").Single());
        using var open = await _host.SendAsync(HttpMethod.Get, "/o/" + _host.Open());
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        using var unsubscribe = await _host.SendAsync(HttpMethod.Post, "/u/" + _host.Unsubscribe());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unsubscribe.StatusCode);
        Assert.Contains("Not unsubscribed yet", await unsubscribe.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        _host.Disk.Full = false;
        using var again = await _host.SendAsync(HttpMethod.Post, "/u/" + _host.Unsubscribe());
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(TrackedEventKind.Unsubscribe, Assert.Single(_host.Events()).Kind);
    }

    [Fact]
    public async Task A_thousand_clicks_at_once_are_all_in_the_spool()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => _host.SendAsync(HttpMethod.Get, "/c/" + _host.Click(Target, i))));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Found, answer.StatusCode));
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), _host.Events().Select(tracked => tracked.RecipientSequence).Order());
    }

    [Theory]
    [InlineData("PUT", "/u/")]
    [InlineData("DELETE", "/u/")]
    [InlineData("POST", "/c/")]
    [InlineData("POST", "/o/")]
    public async Task Other_methods_are_not_allowed(string method, string path)
    {
        using var answer = await _host.SendAsync(new HttpMethod(method), path + _host.Unsubscribe());
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Empty(_host.Events());
    }
}
