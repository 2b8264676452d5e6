using System.Text;
using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Tests.Rendering;

/// <summary>Messages of XML Delivery orders as they go out: links (xml-delivery spec section 9.3), placeholders (section 10), charsets (section 9.1).</summary>
public sealed class OrderMessageTests
{
    private const string Links =
        """
        <a href="https://a.example/" track="yes">A</a> <a href="https://b.example/">B</a> <a track='YES' href='https://c.example/${firstname}$'>C</a>
        <a href="mailto:m@d.example" track="yes">D</a> <a href="#top" track="yes">E</a> <a href="https://${firstname}$/" track="yes">F</a> <a href="https://g.example/" track="no">G</a>
        <!-- <a href="https://h.example/" track="yes">H</a> -->
        """;

    [Trait("XmlCheck", "21")]
    [Theory]
    [InlineData(LinkTracking.Marked, new[] { "A https://a.example/", "C https://c.example/ada" })]
    [InlineData(LinkTracking.None, new string[0])]
    public async Task In_html_only_marked_links_are_tracked_and_only_when_that_is_on(LinkTracking tracking, string[] tracked)
    {
        var message = await SendAsync(Source(html: Links) with { HtmlLinks = tracking });
        Assert.Equal(tracked, message.Links);
        Assert.Contains("<a href=\"https://b.example/\">B</a>", message.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"mailto:m@d.example\"", message.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"#top\"", message.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://ada/\"", message.Html, StringComparison.Ordinal);
        if (tracking == LinkTracking.Marked) Assert.Equal(2, message.Html!.Split("track=").Length - 1);
        else Assert.DoesNotContain("t.example/c/", message.Html, StringComparison.Ordinal);
    }

    [Trait("XmlCheck", "21")]
    [Theory]
    [InlineData(LinkTracking.All, true)]
    [InlineData(LinkTracking.None, false)]
    public async Task In_text_all_links_are_tracked_unless_that_is_off(LinkTracking tracking, bool tracked)
    {
        var message = await SendAsync(Source(text: "See https://a.example/x. Mail mailto:m@d.example") with { TextLinks = tracking });
        Assert.Equal(tracked ? ["https://a.example/x https://a.example/x"] : [], message.Links);
        Assert.Equal(!tracked, message.Text!.Contains("https://a.example/x", StringComparison.Ordinal));
        Assert.Contains("mailto:m@d.example", message.Text, StringComparison.Ordinal);
    }

    [Trait("XmlCheck", "22")]
    [Theory]
    [InlineData("${FirstName}$", "&lt;b&gt; &amp; ${email}$", "<b> & ${email}$", "<b> & ${email}$")]
    [InlineData("<{note}>", "R&amp;D ${email}$", "R&D ${email}$", null)]
    [InlineData("<{unknown}>", "<{unknown}>", "<{unknown}>", null)]
    public async Task Values_are_encoded_for_their_part_and_never_read_again(string code, string html, string text, string? subject)
    {
        var message = await SendAsync(
            Source(subject: subject is null ? "x" : code, html: $"<p>{code}</p>", text: code) with { Notes = new Dictionary<string, string>(StringComparer.Ordinal) { ["note"] = "R&D ${email}$" } }, "<b> & ${email}$");
        Assert.Contains($"<p>{html}</p>", message.Html, StringComparison.Ordinal);
        Assert.StartsWith(text, message.Text, StringComparison.Ordinal);
        if (subject is not null) Assert.Equal(subject, message.Subject);
    }

    [Trait("XmlCheck", "22")]
    [Theory]
    [InlineData("%{https://a.example/?q=${firstname}$}%")]
    [InlineData("^{https://a.example/?q=${firstname}$}^")]
    public async Task Link_codes_are_tracked_addresses_also_where_plain_links_are_not(string code)
    {
        var message = await SendAsync(Source(html: $"<a href=\"{code}\">A</a>", text: code) with { HtmlLinks = LinkTracking.None, TextLinks = LinkTracking.None });
        Assert.Equal(["https://a.example/?q=ada https://a.example/?q=ada", "https://a.example/?q=ada https://a.example/?q=ada"], message.Links);
    }

    [Trait("XmlCheck", "22")]
    [Theory]
    [InlineData("@{https://a.example/}@")]
    [InlineData("<@https://a.example/@>")]
    [InlineData("@(https://a.example/x.png)@")]
    [InlineData("^(https://a.example/x.png)^")]
    [InlineData("<% puts 1 %>")]
    [InlineData("${nobody}$")]
    public void Codes_that_fetch_run_or_name_nothing_are_refused(string code)
    {
        var judge = new ContentJudge();
        Assert.NotNull(judge.FaultOf(Frozen(Source(html: code) with { HtmlLinks = LinkTracking.None })));
        Assert.Null(judge.FaultOf(Frozen(Source(text: "${firstname}$"))));
    }

    [Trait("XmlCheck", "22")]
    [Fact]
    public async Task A_value_opens_no_header()
    {
        var message = await SendAsync(Source(subject: "For ${firstname}$", text: "x") with { Sender = new SenderTemplates { Name = "${firstname}$", ReplyTo = "Example Shop <help@sender.example>" } }, "ada\r\nBcc: evil@a.example");
        Assert.Null(message.Parsed.Headers["Bcc"]);
        Assert.Equal("For ada  Bcc: evil@a.example", message.Subject);
        Assert.Equal("Example Shop <help@sender.example>", message.Parsed.Headers["Reply-To"]);
    }

    [Theory]
    [InlineData("iso-8859-15", "Grüße für 10 € an ?")]
    [InlineData("shift_jis", "Gr??e f?r 10 ? an 日")]
    public async Task A_mail_is_written_in_its_charset_and_values_it_lacks_become_question_marks(string charset, string text)
    {
        var message = await SendAsync(Source(text: "Grüße für 10 € an ${firstname}$") with { Charset = charset }, "日");
        Assert.Contains($"charset={charset}", message.Raw, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(text, message.Text!.TrimEnd());
    }

    private static SourceMailing Source(string subject = "x", string? html = null, string? text = null) => new()
    {
        Id = 71,
        ClientId = 9,
        Name = "order",
        Dialect = TemplateDialect.Contactlab,
        Subject = subject,
        Html = html,
        Text = text,
    };

    private static FrozenMailing Frozen(SourceMailing source) =>
        FrozenMailing.Of(source, new ClientDefinition { Id = 9, Key = "c", Sender = new SenderSettings { Address = "news@sender.example" } });

    private static async Task<Sent> SendAsync(SourceMailing source, string firstName = "ada")
    {
        await using var fixture = DeliveryFixture.Start();
        var mailing = await fixture.MailingAsync(source, fixture.Client, [new(StringComparer.Ordinal) { ["email"] = "ada@a.example", ["firstname"] = firstName }], []);
        var due = fixture.Ledger.ReadDue(mailing.MailingId, 9, 0, 1, long.MaxValue, 1, fixture.Client.Bounce).Single();
        var links = fixture.Get<IRenderedLinks>().Of(mailing.ContentHash!, mailing.MailingId, 0, mailing.RecipientId(0), due.Address, due.Fields);
        await fixture.SendAsync(mailing);
        var raw = Assert.Single(fixture.Received).Raw.ToArray();
        var message = MimeMessage.Parse(raw);
        return new Sent(message, Encoding.Latin1.GetString(raw), message.Headers["Subject"]!, message.HtmlBody, message.TextBody, [.. links.Select(link => $"{link.Name} {link.Url}")]);
    }

    private sealed record Sent(MimeMessage Parsed, string Raw, string Subject, string? Html, string? Text, string[] Links);
}
