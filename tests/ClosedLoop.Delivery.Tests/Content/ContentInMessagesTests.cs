using System.Text;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Tokens;

namespace ClosedLoop.Delivery.Tests.Content;

public sealed class ContentInMessagesTests
{
    private static readonly byte[] Picture = [0x89, 0x50, 0x4E, 0x47, 1, 2, 3, 4];

    private static (string Type, byte[] Body) Html(string body) => ("text/html; charset=utf-8", Encoding.UTF8.GetBytes(body));

    private static (string Type, byte[] Body) Plain(string body) => ("text/plain; charset=utf-8", Encoding.UTF8.GetBytes(body));

    [Fact]
    public async Task Html_stands_in_the_html_part_and_its_text_in_the_text_part()
    {
        await using var content = await ContentMailing.ServingAsync(new(StringComparer.Ordinal) { ["/a"] = Html("<p onclick=x>Big <b>offer</b> {{ firstname }} {% if %}</p><script>x</script>") });
        var mailing = await content.MailingAsync(DeliveryFixture.Source("<div title=\"{{ teaser }}\">{{ teaser }}</div>", "Text: {{ teaser }}"), null, content.Row(("teaser", "/a")));
        await content.SendAsync(mailing);
        var message = content.Message();
        Assert.Contains("<div title=\"Big offer {{ firstname }} {% if %}\"><p>Big <b>offer</b> {{ firstname }} {% if %}</p></div>", message.HtmlBody, StringComparison.Ordinal);
        Assert.Equal("Text: Big offer {{ firstname }} {% if %}", message.TextBody!.TrimEnd());
    }

    [Fact]
    public async Task Plain_text_is_escaped_in_html_and_kept_in_text()
    {
        await using var content = await ContentMailing.ServingAsync(new(StringComparer.Ordinal) { ["/a"] = Plain("1 < 2 & <b>\nnext") });
        var mailing = await content.MailingAsync(DeliveryFixture.Source("<p>{{ teaser }}</p>", "{{ teaser }}"), null, content.Row(("teaser", "/a")));
        await content.SendAsync(mailing);
        Assert.Contains("<p>1 &lt; 2 &amp; &lt;b&gt;<br>\r\nnext</p>", content.Message().HtmlBody, StringComparison.Ordinal);
        Assert.Equal("1 < 2 & <b>\r\nnext", content.Message().TextBody!.TrimEnd());
    }

    [Theory]
    [InlineData(TemplateDialect.Campaign, "<p>{Teaser}</p>")]
    [InlineData(TemplateDialect.Contactlab, "<p>${teaser}$</p>")]
    public async Task Other_dialects_write_it_by_its_name(TemplateDialect dialect, string html)
    {
        await using var content = await ContentMailing.ServingAsync(new(StringComparer.Ordinal) { ["/a"] = Html("<b>{firstname} ${firstname}$</b>") });
        var source = DeliveryFixture.Source(html) with { Dialect = dialect, Subject = "x" };
        var mailing = await content.MailingAsync(source, null, content.Row(("teaser", "/a"), ("firstname", "Ada")));
        await content.SendAsync(mailing);
        Assert.Contains("<p><b>{firstname} ${firstname}$</b></p>", content.Message().HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_column_asks_nobody_and_fails_nobody()
    {
        await using var content = await ContentMailing.ServingAsync([]);
        var mailing = await content.MailingAsync(DeliveryFixture.Source("<p>{% if teaser %}T{% endif %}[{{ teaser }}]<img src=\"{{ photo }}\"></p>"), null, content.Row(), content.Row(("teaser", " ")));
        await content.SendAsync(mailing);
        Assert.Equal(2, content.Count(mailing).Sent);
        Assert.Contains("<p>[]<img src=\"\"></p>", content.Message().HtmlBody, StringComparison.Ordinal);
        Assert.Contains("<p>T[]<img src=\"\"></p>", content.Message(1).HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_the_mailing_does_not_write_is_not_fetched()
    {
        await using var content = await ContentMailing.ServingAsync([]);
        var mailing = await content.MailingAsync(DeliveryFixture.Source("<p>no content</p>"), null, content.Row(("teaser", "/a")));
        await content.SendAsync(mailing);
        Assert.Equal((1, 0), ((int)content.Count(mailing).Sent, content.Server.Hits("/a")));
    }

    [Fact]
    public async Task Placeholders_in_an_address_are_columns_percent_encoded()
    {
        await using var content = await ContentMailing.ServingAsync(new(StringComparer.Ordinal) { ["/t/A b/x?n=A%20b%26c"] = Plain("found") });
        var mailing = await content.MailingAsync(DeliveryFixture.Source("<p>{{ teaser }}</p>"), null,
            content.Row(("teaser", content.Server.Url("/t/A%20b/x?n={First name}")), ("firstname", "A b&c")), content.Row(("teaser", "/t/{nobody}")));
        await content.SendAsync(mailing);
        Assert.Equal((1, 1), ((int)content.Count(mailing).Sent, (int)content.Count(mailing).Failed));
        Assert.Contains("found", content.Message().HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_tracked_and_rendered_again_from_what_was_stored()
    {
        var target = "https://shop.example.org/a?b=c";
        await using var content = await ContentMailing.StartAsync(context =>
        {
            context.Response.ContentType = "text/plain";
            return Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, target + "\nmore");
        });
        var mailing = await content.MailingAsync(
            DeliveryFixture.Source("{% if teaser != blank %}<a href=\"https://x.example/\">T</a>{% endif %}<a href=\"{{ shop }}\">Shop</a>"), null, content.Row(("shop", "/l"), ("teaser", "/t")));
        var due = content.Delivery.Ledger.ReadDue(mailing.MailingId, 9, 0, 1, long.MaxValue, 1, content.Client.Bounce).Single();
        await content.SendAsync(mailing);
        target = "https://elsewhere.example.org/";

        var links = content.Delivery.Get<IRenderedLinks>().Of(mailing.ContentHash!, mailing.MailingId, 0, mailing.RecipientId(0), due.Address, due.Fields);
        Assert.Equal([new RenderedLink("T", "https://x.example/"), new RenderedLink("Shop", "https://shop.example.org/a?b=c")], links);
        var html = content.Message().HtmlBody!;
        var token = html[(html.LastIndexOf("https://t.example/c/", StringComparison.Ordinal) + "https://t.example/c/".Length)..].Split('"')[0];
        Assert.True(content.Delivery.Get<TrackingTokenCodec>().TryRead(token, TrackingTokenKind.Click, out var read));
        Assert.Equal((2, "https://shop.example.org/a?b=c"), (read.LinkOrdinal, read.Target));
    }

    [Fact]
    public async Task A_picture_is_an_address_unless_it_is_to_travel_with_the_mail()
    {
        await using var content = await ContentMailing.ServingAsync(new(StringComparer.Ordinal) { ["/p.png"] = ("image/png", Picture) });
        var source = DeliveryFixture.Source("<img src=\"{{ photo }}\"><img src=\"{{ photo }}\">", "{{ photo }}");
        var plain = await content.MailingAsync(source, null, content.Row(("photo", "/p.png")));
        await content.SendAsync(plain);
        Assert.Contains($"<img src=\"{content.Server.Url("/p.png")}\">", content.Message().HtmlBody, StringComparison.Ordinal);
        Assert.Equal(0, content.Server.Hits("/p.png"));
    }

    [Fact]
    public async Task An_embedded_picture_is_attached_once_and_only_where_it_is_shown()
    {
        await using var content = await ContentMailing.ServingAsync(new(StringComparer.Ordinal) { ["/p.png"] = ("image/png", Picture) });
        var source = DeliveryFixture.Source("{% if firstname != 'Bob' %}<img src=\"{{ photo }}\"><img src=\"{{ photo }}\">{% endif %}<a href=\"{{ photo }}\">p</a>", "{{ photo }}") with { EmbedImages = true };
        var mailing = await content.MailingAsync(source, null, content.Row(("photo", "/p.png")), content.Row(("photo", "/p.png"), ("firstname", "Bob")));
        var due = content.Delivery.Ledger.ReadDue(mailing.MailingId, 9, 0, 1, long.MaxValue, 1, content.Client.Bounce).Single();
        await content.SendAsync(mailing);
        var message = content.Message();
        var picture = Assert.Single(message.Root.SelfAndDescendants, part => part.ContentType.Is("image/png"));
        Assert.Equal(Picture, picture.DecodeBytes());
        var id = picture.Headers["Content-ID"]!.Trim('<', '>');
        Assert.Contains($"<img src=\"cid:{id}\"><img src=\"cid:{id}\">", message.HtmlBody, StringComparison.Ordinal);
        Assert.Equal(content.Server.Url("/p.png"), message.TextBody!.TrimEnd());
        Assert.Equal(1, content.Server.Hits("/p.png"));
        Assert.Empty(content.Delivery.Get<IRenderedLinks>().Of(mailing.ContentHash!, mailing.MailingId, 0, mailing.RecipientId(0), due.Address, due.Fields));
    }

    [Fact]
    public async Task Attachments_have_the_names_their_server_gives_them()
    {
        await using var content = await ContentMailing.StartAsync(async context =>
        {
            context.Response.ContentType = "application/pdf";
            if (context.Request.Path == "/named") context.Response.Headers.ContentDisposition = "attachment; filename=\"old.pdf\"; filename*=UTF-8''..%2F%E2%82%AC%20rates.pdf";
            await context.Response.Body.WriteAsync("%PDF-1"u8.ToArray());
        });
        var mailing = await content.MailingAsync(DeliveryFixture.Source("<p>x</p>"), null, content.Row(("documents", "/named /files/terms.pdf /get.php?id={firstname}"), ("firstname", "7")));
        await content.SendAsync(mailing);
        var files = content.Message().Root.SelfAndDescendants.Where(part => part.ContentType.Is("application/pdf")).ToList();
        Assert.Equal(["€ rates.pdf", "terms.pdf", "attachment-3.pdf"], files.Select(NameOf));
        Assert.All(files, file => Assert.Equal("%PDF-1"u8.ToArray(), file.DecodeBytes()));
    }

    [Theory]
    [InlineData("application/pdf", "/a.png", "TypeRefused")]
    [InlineData("application/x-msdownload", "/a.exe", "TypeRefused")]
    [InlineData("text/html", "/a.html", "TypeRefused")]
    public async Task An_attachment_of_another_type_than_its_name_fails_its_recipient(string type, string path, string word)
    {
        await using var content = await ContentMailing.ServingAsync(new(StringComparer.Ordinal) { [path] = (type, [1]) });
        var mailing = await content.MailingAsync(DeliveryFixture.Source("<p>x</p>"), null, content.Row(("documents", path)), content.Row());
        await content.SendAsync(mailing);
        Assert.Equal((1, 1), ((int)content.Count(mailing).Sent, (int)content.Count(mailing).Failed));
        Assert.StartsWith($"L604 {word}: column 'documents'", ReasonOf(content, mailing.MailingId, 0), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attachments_are_bounded_in_number_and_together()
    {
        await using var content = await ContentMailing.StartAsync(async context =>
        {
            context.Response.ContentType = "text/plain";
            await context.Response.Body.WriteAsync(new byte[int.Parse(context.Request.Query["n"]!, System.Globalization.CultureInfo.InvariantCulture)]);
        });
        var six = string.Join(' ', Enumerable.Range(0, 6).Select(i => $"/{i}.txt?n=1"));
        var mailing = await content.MailingAsync(DeliveryFixture.Source("<p>x</p>"), null,
            content.Row(("documents", six)), content.Row(("documents", "/a.txt?n=250000 /b.txt?n=250001")), content.Row(("documents", "/c.txt?n=250000 /d.txt?n=250000")), content.Row(("documents", string.Join(' ', six.Split(' ').Take(5)))));
        await content.SendAsync(mailing);
        Assert.Equal((2, 2), ((int)content.Count(mailing).Sent, (int)content.Count(mailing).Failed));
        Assert.Contains("6 attachments in one mail; expected at most 5", ReasonOf(content, mailing.MailingId, 0), StringComparison.Ordinal);
        Assert.Contains("attachments of 500001 bytes", ReasonOf(content, mailing.MailingId, 1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_the_mailing_go_with_every_mail()
    {
        await using var content = await ContentMailing.ServingAsync([]);
        var logo = Picture;
        var terms = "Terms\r\n"u8.ToArray();
        FrozenFile File(string name, string type, byte[] body) => new() { Name = name, MediaType = type, Sha256 = ClosedLoop.Data.Content.FileContents.HashOf(body), Size = body.Length };
        var source = DeliveryFixture.Source("<img src=\"images/logo.png\" alt=\"\"><img src=\"https://cdn.example/x.png\">") with
        {
            EmbedImages = true,
            Images = new Dictionary<string, FrozenFile>(StringComparer.Ordinal) { ["images/logo.png"] = File("logo.png", "image/png", logo) },
            Attachments = [new SourceAttachment { File = File("terms.txt", "text/plain", terms) }],
        };
        var mailing = await content.Delivery.MailingAsync(source, content.Client, [new(StringComparer.Ordinal) { ["email"] = "a@a.example" }, new(StringComparer.Ordinal) { ["email"] = "b@a.example" }], [logo, terms]);
        await content.SendAsync(mailing);
        Assert.Equal(2, content.Count(mailing).Sent);
        for (var i = 0; i < 2; i++)
        {
            var message = content.Message(i);
            Assert.True(message.Root.ContentType.Is("multipart/mixed"));
            Assert.True(message.Root.Children[0].ContentType.Is("multipart/related"));
            var picture = Assert.Single(message.Root.SelfAndDescendants, part => part.ContentType.Is("image/png"));
            Assert.Contains($"src=\"cid:{picture.Headers["Content-ID"]!.Trim('<', '>')}\"", message.HtmlBody, StringComparison.Ordinal);
            Assert.Contains("src=\"https://cdn.example/x.png\"", message.HtmlBody, StringComparison.Ordinal);
            Assert.Equal(terms, message.Root.Children[1].DecodeBytes());
        }
    }

    /// <summary>The name as RFC 2231 writes it, or plain.</summary>
    private static string NameOf(MimePart part)
    {
        var disposition = part.Headers.Find("Content-Disposition")!.RawValue;
        var encoded = disposition.IndexOf("filename*=utf-8''", StringComparison.OrdinalIgnoreCase);
        return encoded >= 0 ? Uri.UnescapeDataString(disposition[(encoded + "filename*=utf-8''".Length)..].Split(';')[0].Trim()) : disposition[(disposition.IndexOf("filename=", StringComparison.Ordinal) + "filename=".Length)..].Trim('"', '\r', '\n');
    }

    internal static string ReasonOf(ContentMailing content, long mailingId, int sequence)
    {
        using var connection = content.Delivery.Get<ClosedLoop.Data.Database>().OpenRead();
        using var statement = new ClosedLoop.Data.Statement(connection, "SELECT COALESCE(reason, '') FROM ledger WHERE mailing_id = $1 AND sequence = $2");
        using var reader = statement.Query(mailingId, sequence);
        return reader.Read() ? reader.GetString(0) : "";
    }
}
