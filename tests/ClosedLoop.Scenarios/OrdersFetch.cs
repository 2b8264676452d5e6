using System.Globalization;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Model.Testing;
using ClosedLoop.Scenarios.Support;
using Microsoft.AspNetCore.Http;

namespace ClosedLoop.Scenarios;

/// <summary>Placeholders of orders that fetch, against a real web server: once for all, or for each recipient (xml-delivery spec section 10).</summary>
public sealed class OrdersFetch
{
    private const string Hosts = ", \"contentHosts\": [\"127.0.0.1\", \"127.0.0.2\"]";

    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Trait("XmlCheck", "22")]
    [Fact]
    public async Task What_is_the_same_for_all_is_fetched_once_and_one_recipient_s_failure_is_that_recipient_s()
    {
        await using var server = await ContentServer.StartAsync(AnswerAsync);
        using var installation = await InstallAsync(server);
        var folder = installation.Folder("orders");
        var books = installation.Books;
        await using var silo = await SiloProcess.StartAsync(installation);
        string[] names = ["Ada", "Bruno", "Broken", "Slow", "Large", "Inside"];
        Put(folder, Html(server), $"@{{{server.Url("/common")}}}@|<@{server.Url("/teaser/${FirstName}$")}@>", names);
        await Eventually.ThatAsync("outcomes", () => IsOver(folder) && books.Scalar("SELECT COUNT(*) FROM ledger WHERE state IN (2, 3)") == names.Length, silo);

        Assert.Equal(["ada@example.com", "bruno@example.com"], books.Mails().Select(record => record.To.Single()).Order(StringComparer.Ordinal));
        foreach (var (who, word) in new[] { ("broken", "Status"), ("slow", "TimedOut"), ("large", "TooLarge"), ("inside", "SchemeRefused") })
        {
            Assert.StartsWith($"L604 {word}:", books.Text(
                "SELECT COALESCE(l.reason, '') FROM ledger l JOIN recipient r ON r.mailing_id = l.mailing_id AND r.sequence = l.sequence WHERE r.address = $1", who + "@example.com"), StringComparison.Ordinal);
        }

        // Two of Ada: the address in the text part is another than that in the HTML.
        Assert.Equal((1, 1, 2), (server.Hits("/common"), server.Hits("/logo.png"), server.Hits("/teaser/Ada")));
        Assert.False(server.WasAskedAt("127.0.0.2"));
        var mail = MessageTo(books, "ada@example.com");
        var html = mail.HtmlBody!;

        // What was fetched is content: nobody reads codes in it, nor in what fields say.
        Assert.Contains("<p>For all: $&#123;firstname}$ of &lt;&#123;code}&gt; <a href=\"https://shop.example.com/\">shop</a></p>", html, StringComparison.Ordinal);
        Assert.Contains("<div><b>Teaser of Ada</b> in spring ${order_no}$</div>", html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://shop.example.com/for/Ada\"", html, StringComparison.Ordinal);
        Assert.Equal("For all: ${firstname}$ of <{code}> shop https://shop.example.com/|Teaser of Ada in ${order_no}$", mail.TextBody!.Trim());
        var pictures = mail.Root.SelfAndDescendants.Where(part => part.ContentType.Is("image/png")).ToList();
        Assert.Equal(Picture, Assert.Single(pictures).DecodeBytes());
        Assert.Equal(3, html.Split($"cid:{pictures[0].Headers["Content-ID"]!.Trim('<', '>')}").Length);
        Assert.Contains("Teaser of Bruno", MessageTo(books, "bruno@example.com").HtmlBody!, StringComparison.Ordinal);

        // The page on the web has what is the same for all, with the picture where it came from.
        var page = books.Text("SELECT web_token FROM delivery");
        using var answer = await silo.SendAsync(HttpMethod.Get, "/w/" + page);
        var published = await answer.Content.ReadAsStringAsync();
        Assert.Contains("For all:", published, StringComparison.Ordinal);
        Assert.Contains($"src=\"{server.Url("/logo.png")}\"", published, StringComparison.Ordinal);
        Assert.DoesNotContain("Teaser", published, StringComparison.Ordinal);
    }

    [Trait("XmlCheck", "22")]
    [Theory]
    [InlineData("/teaser/Broken", true, "Status")]
    [InlineData("/teaser/Large", true, "TooLarge")]
    [InlineData("/teaser/Inside", true, "SchemeRefused")]
    [InlineData("/common", false, "contentHosts")]
    public async Task An_order_whose_shared_content_cannot_be_had_writes_nothing(string path, bool isAllowed, string expected)
    {
        await using var server = await ContentServer.StartAsync(AnswerAsync);
        using var installation = await InstallAsync(server, isAllowed ? Hosts : "");
        var folder = installation.Folder("orders");
        await using var silo = await SiloProcess.StartAsync(installation);
        Put(folder, $"<p>@{{{server.Url(path)}}}@</p>", "plain", "Ada");
        await Eventually.ThatAsync("end", () => IsOver(folder), silo);
        var report = await File.ReadAllTextAsync(Path.Combine(folder, "order.report.xml"));
        Assert.Contains("E-19", report, StringComparison.Ordinal);
        Assert.Contains(expected, report, StringComparison.Ordinal);
        var books = installation.Books;
        Assert.Equal((0, 0, 2), (books.Scalar("SELECT COUNT(*) FROM contact"), books.Scalar("SELECT COUNT(*) FROM delivery"), books.Scalar("SELECT status FROM operation")));
    }

    [Trait("XmlCheck", "25")]
    [Fact]
    public async Task A_server_that_changes_its_mind_after_a_crash_changes_no_message()
    {
        var words = "before";
        await using var server = await ContentServer.StartAsync(context =>
        {
            context.Response.ContentType = "text/plain";
            return context.Response.WriteAsync(words);
        });
        using var installation = await InstallAsync(server, seconds: 30);
        var folder = installation.Folder("orders");
        installation.Environment[KillSwitch.Variable] = string.Create(CultureInfo.InvariantCulture, $"{nameof(KillPoint.OrderStep)}:9");
        await using (var doomed = await SiloProcess.StartAsync(installation))
        {
            Put(folder, $"<p>@{{{server.Url("/common")}}}@</p>", "plain", "Ada");
            await Eventually.ThatAsync("death", () => doomed.HasEnded);
        }

        Assert.NotEqual("", installation.Books.Text("SELECT COALESCE(content_hash, '') FROM operation"));
        words = "after";
        installation.Environment.Remove(KillSwitch.Variable);
        await using var next = await SiloProcess.StartAsync(installation);
        await Eventually.ThatAsync("mail", () => installation.Books.Mails().Count == 1, next);
        Assert.Contains("<p>before</p>", MessageTo(installation.Books, "ada@example.com").HtmlBody!, StringComparison.Ordinal);
        Assert.Equal(1, server.Hits("/common"));
    }

    private static async Task<Installation> InstallAsync(ContentServer server, string hosts = Hosts, int seconds = 1)
    {
        var installation = await OrderInstallation.CreateAsync(account: hosts);
        installation.Settings.AddRange(server.Settings);
        installation.Settings.Add(string.Create(CultureInfo.InvariantCulture, $"ContentFetch:TimeoutSeconds={seconds}"));
        return installation;
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        context.Response.ContentType = "text/html; charset=utf-8";
        if (path.EndsWith("/Broken", StringComparison.Ordinal))
        {
            context.Response.StatusCode = 500;
        }
        else if (path.EndsWith("/Slow", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromSeconds(3), context.RequestAborted);
        }
        else if (path.EndsWith("/Large", StringComparison.Ordinal))
        {
            await context.Response.WriteAsync(new string('x', (2 * 1024 * 1024) + 1));
        }
        else if (path.EndsWith("/Inside", StringComparison.Ordinal))
        {
            context.Response.Redirect(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.2:{context.Connection.LocalPort}/"));
        }
        else if (path.StartsWith("/pictures/", StringComparison.Ordinal) || path == "/logo.png")
        {
            context.Response.ContentType = "image/png";
            await context.Response.Body.WriteAsync(Picture);
        }
        else if (path.StartsWith("/link/", StringComparison.Ordinal))
        {
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync("https://shop.example.com/for/" + path["/link/".Length..]);
        }
        else if (path == "/common")
        {
            await context.Response.WriteAsync("<p onclick=x>For all: ${firstname}$ of &lt;&#123;code}&gt; <a href='https://shop.example.com/'>shop</a></p><script>x</script>");
        }
        else
        {
            var season = context.Request.Query["season"].ToString();
            await context.Response.WriteAsync($"<b>Teaser of {path["/teaser/".Length..]}</b> in {season}{(season.Length > 0 ? " " : "")}${{order_no}}$");
        }
    }

    private static string Html(ContentServer server) =>
        $$"""
        <html><body>@{{{server.Url("/common")}}}@<div><@{{server.Url("/teaser/${FIRSTNAME}$?season=<{season}>")}}@></div>
        <img src="@({{server.Url("/logo.png")}})@"><img src="^({{server.Url("/pictures/${firstname}$.png")}})^"><a href="<@{{server.Url("/link/${firstname}$")}}@>">yours</a></body></html>
        """;

    private static void Put(string folder, string html, string text, params string[] names)
    {
        OrderInstallation.Put(folder, "order.xml",
            $"""
            <?xml version="1.0" encoding="utf-8"?>
            <contactlab><auth><suid>USER-KEY-0002</suid><key>API-KEY-0001</key></auth><campaign><email><newsletter>2103</newsletter>
            <recipients><new_recipients>{string.Concat(names.Select(name => $"<recipient><email>{name.ToLowerInvariant()}@example.com</email><firstname>{name}</firstname></recipient>"))}</new_recipients></recipients>
            <delivery method="auto"/><notes><note><label>season</label><value>spring</value></note></notes>
            <message><headers><subject>News</subject></headers><publish_on_web>true</publish_on_web><preferred_content>both</preferred_content>
            <body><html><content><![CDATA[{html}]]></content></html><text><content><![CDATA[{text}]]></content></text></body></message>
            </email></campaign></contactlab>
            """);
        OrderInstallation.Put(folder, "order.xml.ok", "");
    }

    private static MimeMessage MessageTo(Books books, string address) => MimeMessage.Parse(SinkLedger.ReadMessage(books.SinkLedgerPath, Assert.Single(books.SinkByAddress()[address])));

    private static bool IsOver(string folder) => File.Exists(Path.Combine(folder, "order.report.xml.done"));
}
