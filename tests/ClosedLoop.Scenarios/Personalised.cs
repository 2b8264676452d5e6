using ClosedLoop.Mail.Mime;
using ClosedLoop.Mail.Sink;

namespace ClosedLoop.Scenarios;

/// <summary>What a field may hold does not reach further than the place it stands in (closed-loop spec section 8).</summary>
public sealed class Personalised
{
    /// <summary>Acceptance test 7, in the language of the interface.</summary>
    [Trait("Acceptance", "7")]
    [Fact]
    public async Task Markup_in_a_field_stays_text_braces_of_styles_stay_and_a_function_greets_with_and_without_a_name()
    {
        using var installation = await Installation.CreateAsync();
        var folder = Path.Combine(installation.Definitions, "demo", "mailings", Installation.Source.ToString());
        await File.WriteAllTextAsync(Path.Combine(folder, "mailing.json"),
            $$"""
            { "id": {{Installation.Source}}, "name": "Spring", "dialect": "campaign", "subject": "For {First name}", "html": "body.html", "text": "body.txt", "trackClicks": false,
              "functions": { "Greeting": "<odr:choose><odr:when test=\"%{isEmpty(user.data.lastname)}\">Dear reader</odr:when><odr:otherwise>Dear <odr:out value=\"%{user.data.salutation} %{user.data.lastname}\"/></odr:otherwise></odr:choose>" } }
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "body.html"),
            "<html><head><style>p { color: red } a{b:c}</style></head><body><p title=\"{First name}\">{Greeting}, {First name} {nobody knows}</p><a href=\"https://shop.example.org/?n={First name}\">x</a></body></html>");
        await File.WriteAllTextAsync(Path.Combine(folder, "body.txt"), "{Greeting}, {First name}");
        (await installation.RunAsync("apply", installation.Definitions)).Succeeded();
        await using var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;

        var file = installation.Drop([$"a@example.org;{Installation.Source};;Ms;\"<b>&\"\"\";Berg;Gent", $"b@example.org;{Installation.Source};;Mr;Sean;;Gent"]);
        await Eventually.ThatAsync("end of the file", () => books.IsFinished(file), silo);

        var message = Message(books, "a@example.org");
        Assert.Equal("For <b>&\"", message.Headers["Subject"]);
        Assert.Equal("Dear Ms Berg, <b>&\"", message.TextBody!.Trim());
        Assert.Contains("<style>p { color: red } a{b:c}</style>", message.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("title=\"&lt;b&gt;&amp;&quot;\">Dear Ms Berg, &lt;b&gt;&amp;&quot; {nobody knows}</p>", message.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("https://shop.example.org/?n=%3Cb%3E%26%22", message.HtmlBody, StringComparison.Ordinal);
        Assert.Equal("Dear reader, Sean", Message(books, "b@example.org").TextBody!.Trim());
    }

    private static MimeMessage Message(Books books, string address) =>
        MimeMessage.Parse(SinkLedger.ReadMessage(books.SinkLedgerPath, Assert.Single(books.SinkByAddress()[address])));
}
