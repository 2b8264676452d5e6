using ClosedLoop.Delivery.Fetching;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Mailings;
using Microsoft.AspNetCore.Http;

namespace ClosedLoop.Delivery.Tests.Fetching;

public sealed class ReferencedContentTests
{
    private static readonly ContentSettings Allowed = new() { AllowedHosts = [Server.Host] };

    [Fact]
    public async Task Html_is_cleaned_and_has_a_text_beside_it()
    {
        await using var server = await Server.ServingAsync("<h1 onclick=x>Offer</h1><script>x</script><p><a href=/shop>Shop</a></p>");
        var content = await FetchAsync(server, new() { Url = server.Url("/offer") });
        Assert.Equal($"<h1>Offer</h1><p><a href=\"{server.Url("/shop")}\">Shop</a></p>", content.Html);
        Assert.Equal($"Offer\nShop {server.Url("/shop")}", content.Text);
        Assert.Equal(server.Url("/offer"), content.Url);
        Assert.Equal(64, content.Sha256.Length);
    }

    [Fact]
    public async Task Plain_text_is_escaped()
    {
        await using var server = await Server.ServingAsync("1 < 2\r\n<b>", "text/plain; charset=utf-8");
        var content = await FetchAsync(server, new() { Url = server.Url("/") });
        Assert.Equal(("1 &lt; 2<br>\n&lt;b&gt;", "1 < 2\n<b>"), (content.Html, content.Text));
    }

    [Theory]
    [InlineData("https://shop.example/a?b=c\nrest", "https://shop.example/a?b=c")]
    [InlineData(" http://shop.example/ \r\n", "http://shop.example/")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("/relative", null)]
    [InlineData("https://user@shop.example/", null)]
    [InlineData("https://shop.example/ and more", null)]
    [InlineData("\nhttps://shop.example/", null)]
    [InlineData("", null)]
    public async Task A_link_is_the_first_line(string body, string? expected)
    {
        await using var server = await Server.ServingAsync(body, "text/plain");
        var fault = await Record.ExceptionAsync(async () =>
        {
            var content = await FetchAsync(server, new() { Url = server.Url("/"), Kind = ContentKind.Link });
            Assert.Equal((expected, null), (content.Text, content.Html));
        });
        Assert.Equal(expected is null ? ContentFault.ContentRefused : null, (fault as ContentException)?.Fault);
    }

    [Fact]
    public async Task An_address_is_asked_once_in_a_run_however_many_want_it()
    {
        using var open = new SemaphoreSlim(0);
        await using var server = await Server.StartAsync(async context =>
        {
            await open.WaitAsync();
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("x");
        });
        using var fetcher = Server.Fetcher(server.Options);
        var content = new ReferencedContent(fetcher, server.Options);
        var mailing = Mailing(("a", new() { Url = server.Url("/x") }), ("b", new() { Url = server.Url("/x#other") }));
        using (var run = content.StartRun())
        {
            var all = Enumerable.Range(0, 20).Select(_ => run.FetchAsync(mailing, Allowed)).ToList();
            open.Release(100);
            await Task.WhenAll(all);
            await run.FetchAsync(mailing, Allowed);
            Assert.Equal(1, server.Hits("/x"));
        }

        // A mailing is sent with what is there now, so nothing is carried over into the next run.
        using (var next = content.StartRun()) await next.FetchAsync(mailing, Allowed);
        Assert.Equal(2, server.Hits("/x"));
    }

    [Fact]
    public async Task Attachments_of_a_mailing_are_fetched_once_named_and_bounded_together()
    {
        await using var server = await Server.StartAsync(async context =>
        {
            context.Response.ContentType = "application/pdf";
            await context.Response.Body.WriteAsync(new byte[300_000]);
        });
        using var fetcher = Server.Fetcher(server.Options);
        using var run = new ReferencedContent(fetcher, server.Options).StartRun();
        SourceAttachment At(string path, string? name = null) => new() { Url = server.Url(path), Name = name };
        var mailing = Mailing() with { Attachments = [At("/terms"), At("/terms", "rules.pdf")] };
        var larger = Allowed with { MaxAttachmentBytes = 600_000 };
        var files = await run.FetchFilesAsync(mailing, larger);
        Assert.Equal(["terms.pdf", "rules.pdf"], files.OrderBy(file => file.Key).Select(file => file.Value.File.Name));
        await run.FetchFilesAsync(mailing, larger);
        Assert.Equal(1, server.Hits("/terms"));
        Assert.Equal(ContentFault.TooLarge, (await Assert.ThrowsAsync<ContentException>(() => run.FetchFilesAsync(mailing, Allowed))).Fault);
        Assert.Equal(ContentFault.TypeRefused, (await Assert.ThrowsAsync<ContentException>(() => run.FetchFilesAsync(mailing with { Attachments = [At("/terms", "rules.txt")] }, larger))).Fault);
        Assert.Equal(ContentFault.HostRefused, (await Assert.ThrowsAsync<ContentException>(() => run.FetchFilesAsync(mailing, new ContentSettings()))).Fault);
    }

    [Fact]
    public async Task A_failure_is_remembered_for_the_run_too_and_names_the_content()
    {
        await using var server = await Server.StartAsync(context =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        using var fetcher = Server.Fetcher(server.Options);
        using var run = new ReferencedContent(fetcher, server.Options).StartRun();
        var mailing = Mailing(("offer", new() { Url = server.Url("/x?secret=1") }));
        var fault = await Assert.ThrowsAsync<ContentException>(() => run.FetchAsync(mailing, Allowed));
        await Assert.ThrowsAsync<ContentException>(() => run.FetchAsync(mailing, Allowed));
        Assert.Equal(1, server.Hits("/x"));
        Assert.Equal($"Status: content 'offer': {server.Url("/x")} answers 404; expected 200", fault.Message);
    }

    [Fact]
    public async Task What_one_client_fetched_is_no_way_round_the_list_of_another()
    {
        await using var server = await Server.ServingAsync("x");
        using var fetcher = Server.Fetcher(server.Options);
        using var run = new ReferencedContent(fetcher, server.Options).StartRun();
        var mailing = Mailing(("a", new() { Url = server.Url("/x") }));
        await run.FetchAsync(mailing, Allowed);
        Assert.Equal(ContentFault.HostRefused, (await Assert.ThrowsAsync<ContentException>(() => run.FetchAsync(mailing, new() { AllowedHosts = ["www.example.net"] }))).Fault);
        Assert.Equal(ContentFault.HostRefused, (await Assert.ThrowsAsync<ContentException>(() => run.FetchAsync(mailing, new()))).Fault);
    }

    [Fact]
    public async Task A_text_has_its_limit()
    {
        await using var server = await Server.StartAsync(context =>
        {
            context.Response.ContentType = "text/plain";
            return context.Response.WriteAsync(new string('x', int.Parse(context.Request.Path.Value![1..], System.Globalization.CultureInfo.InvariantCulture)));
        });
        Assert.Equal(256 * 1024, (await FetchAsync(server, new() { Url = server.Url("/262144") })).Text.Length);
        Assert.Equal(ContentFault.TooLarge, (await Assert.ThrowsAsync<ContentException>(() => FetchAsync(server, new() { Url = server.Url("/262145") }))).Fault);
    }

    [Fact]
    public async Task Who_gives_up_waiting_is_let_go()
    {
        using var open = new SemaphoreSlim(0);
        await using var server = await Server.StartAsync(_ => open.WaitAsync());
        using var fetcher = Server.Fetcher(server.Options);
        using var stop = new CancellationTokenSource();
        using (var run = new ReferencedContent(fetcher, server.Options).StartRun())
        {
            var waiting = run.FetchAsync(Mailing(("a", new() { Url = server.Url("/x") })), Allowed, stop.Token);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        open.Release();
    }

    private static async Task<FrozenContent> FetchAsync(Server server, ContentReference reference)
    {
        using var fetcher = Server.Fetcher(server.Options);
        using var run = new ReferencedContent(fetcher, server.Options).StartRun();
        return (await run.FetchAsync(Mailing(("offer", reference)), Allowed))["offer"];
    }

    private static SourceMailing Mailing(params (string Name, ContentReference Reference)[] content) =>
        new() { Id = 1, ClientId = 9, Name = "m", Subject = "s", Content = content.ToDictionary(entry => entry.Name, entry => entry.Reference, StringComparer.Ordinal) };
}
