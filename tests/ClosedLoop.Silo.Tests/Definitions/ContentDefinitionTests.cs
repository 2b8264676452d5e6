using ClosedLoop.Data.Clients;
using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Definitions;
using ClosedLoop.Silo.Hosting;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Definitions;

/// <summary>Columns with addresses, attachments, pictures and senders: what is refused before anything is stored.</summary>
[Collection("console and environment")]
public sealed class ContentDefinitionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string Client(string content = "ref-text", string more = "", string type = "text") =>
        $$"""
        { "id": 90000000001, "key": "oak", "sender": { "address": "letters@example.org", "allowedDomains": ["shops.example"] }, "content": { "allowedHosts": ["cms.example.com"] },{{more}}
          "list": { "fields": [{ "name": "email" }, { "name": "broadmail_id" }, { "name": "firstname" }, { "name": "offer", "type": "{{type}}", "content": "{{content}}" }] } }
        """;

    private static string Mailing(string more = "") => $$"""{ "id": 71000000100, "name": "Spring", "subject": "Hello", "html": "body.html"{{more}} }""";

    private IReadOnlyList<string> Faults(string client, string? mailing = null, string html = "<p>x</p>")
    {
        DefinitionFiles.Write(_folder, client, mailing ?? Mailing());
        _folder.Write("oak/mailings/spring/body.html", html);
        try
        {
            _ = DefinitionFolder.Read(_folder.Path);
            return [];
        }
        catch (DefinitionException e)
        {
            return e.Faults;
        }
    }

    [Theory]
    [InlineData("ref-text")]
    [InlineData("ref-image")]
    [InlineData("ref-link")]
    [InlineData("ref-attachment")]
    public void A_column_may_hold_addresses(string content) => Assert.Empty(Faults(Client(content)));

    [Theory]
    [InlineData("\"content\": { \"allowedHosts\": [] },", "text", "list.fields.offer holds addresses of content and no host is allowed")]
    [InlineData("", "long", "list.fields.offer holds addresses of content and is of type Long")]
    [InlineData("\"content\": { \"allowedHosts\": [\"cms.example.com\"], \"maxFailurePercent\": 101 },", "text", "content.maxFailurePercent is 101")]
    [InlineData("\"content\": { \"allowedHosts\": [\"cms.example.com\"], \"maxAttachments\": 51 },", "text", "content.maxAttachments is 51")]
    [InlineData("\"content\": { \"allowedHosts\": [\"cms.example.com\"], \"maxAttachmentBytes\": 10000001 },", "text", "content.maxAttachmentBytes is 10000001")]
    [InlineData("\"content\": { \"allowedHosts\": [\"cms.example.com\"], \"maxImageBytes\": 0 },", "text", "content.maxImageBytes is 0")]
    [InlineData("\"sender\": { \"address\": \"a@example.org\", \"allowedDomains\": [\"no domain\"] },", "text", "sender.allowedDomains: 'no domain' is no domain")]
    public void A_client_is_refused(string more, string type, string expected) =>
        Assert.Contains($"client.json: {expected}", Assert.Single(Faults(Client(more: more, type: type))), StringComparison.Ordinal);

    [Theory]
    [InlineData("{{ offer }}{% if offer %}x{% endif %}{% unless offer == blank %}y{% endunless %}", null)]
    [InlineData("{% if offer contains 'x' %}y{% endif %}", "looks into the fetched text 'offer'")]
    [InlineData("{% assign x = offer %}", "looks into the fetched text 'offer'")]
    [InlineData("{% capture x %}{{ offer }}{% endcapture %}", "looks into the fetched text 'offer'")]
    [InlineData("<a href=\"https://x.example/?q={{ offer }}\">x</a>", "the target of a link names the fetched text 'offer'")]
    [InlineData("<a href=\"https://x.example/offer\">{{ offer }}</a>", null)]
    public void A_fetched_text_may_be_written_and_asked_for(string html, string? expected)
    {
        var faults = Faults(Client(), html: html);
        if (expected is null) Assert.Empty(faults);
        else Assert.Contains(expected, Assert.Single(faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"sender\": { \"address\": \"{{ firstname }}@example.org\", \"name\": \"{{ firstname }}\", \"replyTo\": \"a@b.example\" }", null)]
    [InlineData("\"sender\": { \"address\": \"{{ firstname }}\" }", null)]
    [InlineData("\"sender\": { \"address\": \"a@shops.example\" }", null)]
    [InlineData("\"sender\": { \"address\": \"a@other.example\" }", "sender.address is of other.example; expected example.org or one of sender.allowedDomains")]
    [InlineData("\"sender\": { \"address\": \"{{ firstname }}@other.example\" }", "sender.address is of other.example")]
    [InlineData("\"sender\": { \"address\": \"nobody\" }", "sender.address is 'nobody'")]
    [InlineData("\"sender\": { \"replyTo\": \"nobody\" }", "sender.replyTo is 'nobody'")]
    [InlineData("\"sender\": { \"name\": \"{{ firstname\" }", "LQ101")]
    [InlineData("\"attachments\": [{ \"url\": \"https://cms.example.com/terms.pdf\" }]", null)]
    [InlineData("\"attachments\": [{ \"url\": \"https://other.example.com/terms.pdf\" }]", "attachments.url: HostRefused")]
    [InlineData("\"attachments\": [{ \"url\": \"https://cms.example.com/terms\", \"name\": \"terms.exe\" }]", "attachments.name: 'terms.exe' cannot be the name")]
    [InlineData("\"attachments\": [{}]", "names neither or both of file and url")]
    [InlineData("\"attachments\": [{ \"file\": \"missing.pdf\" }]", "the file 'missing.pdf' is not in the definition's folder")]
    [InlineData("\"attachments\": [{ \"file\": \"../../client.json\", \"name\": \"x.txt\" }]", "'../../client.json' leads out of the definition's folder")]
    [InlineData("\"attachments\": [{ \"file\": \"/etc/hostname\", \"name\": \"x.txt\" }]", "leads out of the definition's folder")]
    [InlineData("\"attachments\": [{ \"file\": \"mailing.json\" }]", "'mailing.json' is of a type that is not attached")]
    public async Task A_mailing_is_refused_by_apply_and_lint(string more, string? expected)
    {
        var faults = Faults(Client(), Mailing(", " + more));
        var lint = await Cli.RunAsync("lint", Path.Combine(_folder.Path, "oak", "mailings", "spring"));
        if (expected is null)
        {
            Assert.Empty(faults);
            Assert.Equal(ExitCode.Ok, lint.ExitCode);
        }
        else
        {
            Assert.Contains(expected, Assert.Single(faults), StringComparison.Ordinal);
            Assert.Contains("mailing.json", faults[0], StringComparison.Ordinal);
            Assert.Equal(ExitCode.InvalidData, lint.ExitCode);
            Assert.Contains(expected, lint.Out, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("images/logo.png", null)]
    [InlineData("images/none.png", "the file 'images/none.png' is not in the definition's folder")]
    [InlineData("images/logo.svg", "the picture 'images/logo.svg' is of a type that is not embedded")]
    [InlineData("../../../logo.png", "leads out of the definition's folder")]
    [InlineData("images/large.png", "'images/large.png' has 2097153 bytes; expected at most 2097152")]
    [InlineData("https://cdn.example/x.svg", null)]
    [InlineData("{{ firstname }}", null)]
    public void Pictures_are_found_beside_the_template(string source, string? expected)
    {
        _folder.Write("oak/mailings/spring/images/logo.png", "png");
        _folder.Write("oak/mailings/spring/images/large.png", new string('x', (2 * 1024 * 1024) + 1));
        var faults = Faults(Client(), Mailing(", \"embedImages\": true"), $"<img src=\"{source}\" alt=\"\">");
        if (expected is null) Assert.Empty(faults);
        else Assert.Contains(expected, Assert.Single(faults), StringComparison.Ordinal);
        Assert.Empty(Faults(Client(), Mailing(), $"<img src=\"{source}\" alt=\"\">"));
    }

    [Fact]
    public void Attachments_are_bounded_in_number_and_together()
    {
        _folder.Write("oak/mailings/spring/a.txt", new string('x', 250_000));
        _folder.Write("oak/mailings/spring/b.txt", new string('x', 250_001));
        string Files(params string[] names) => ", \"attachments\": [" + string.Join(',', names.Select(name => $$"""{ "file": "{{name}}" }""")) + "]";
        Assert.Empty(Faults(Client(), Mailing(Files("a.txt", "a.txt"))));
        Assert.Contains("attachments has 500001 bytes; expected at most 500000", Assert.Single(Faults(Client(), Mailing(Files("a.txt", "b.txt")))), StringComparison.Ordinal);
        _folder.Write("oak/mailings/spring/a.txt", "x");
        Assert.Empty(Faults(Client(), Mailing(Files("a.txt", "a.txt", "a.txt", "a.txt", "a.txt"))));
        Assert.Contains("attachments has 6 entries; expected at most 5", Assert.Single(Faults(Client(), Mailing(Files("a.txt", "a.txt", "a.txt", "a.txt", "a.txt", "a.txt")))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_stored_with_the_definition_once()
    {
        _folder.Write("oak/mailings/spring/terms.txt", "Terms");
        _folder.Write("oak/mailings/spring/logo.png", "png");
        Assert.Empty(Faults(Client(), Mailing(", \"embedImages\": true, \"attachments\": [{ \"file\": \"terms.txt\" }, { \"file\": \"terms.txt\", \"name\": \"again.txt\" }]"), "<img src=\"logo.png\" alt=\"\">"));
        var settings = new SiloSettings { Data = Path.Combine(_folder.Path, "data") };
        await ApplyCommand.ApplyAsync(settings, _folder.Path);
        Assert.All(await ApplyCommand.ApplyAsync(settings, _folder.Path), applied => Assert.False(applied.Changed));
        using var store = OfflineStore.Open(settings);
        var source = store.Get<DefinitionStore>().FindSource(71000000100)!.Value;
        Assert.Equal(["terms.txt", "again.txt"], source.Attachments.Select(attachment => attachment.File!.Name));
        var mailings = store.Get<Data.Mailings.MailingStore>();
        Assert.Equal("Terms"u8.ToArray(), mailings.ReadFile(source.Attachments[0].File!.Sha256));
        Assert.Equal("png"u8.ToArray(), mailings.ReadFile(source.Images["logo.png"].Sha256));
        _folder.Write("oak/mailings/spring/terms.txt", "Other terms");
        Assert.Equal(["mailing"], (await ApplyCommand.ApplyAsync(settings, _folder.Path)).Where(applied => applied.Changed).Select(applied => applied.Kind));
    }
}
