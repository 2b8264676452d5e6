using System.Globalization;
using System.Text;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Scenarios.Support;

namespace ClosedLoop.Scenarios;

/// <summary>Products, mapping and recommendations from files to mails and back to the export (closed-loop spec section 9, acceptance test 8).</summary>
public sealed class ProductData
{
    private const string Catalogue =
        """
        "id";"name";"link1Url";"image1Url"
        "P-1";"Cup & saucer";"https://shop.example.org/p/1";"https://cdn.example.org/1.jpg"
        "P-2";"Pot";"https://shop.example.org/p/2";"https://cdn.example.org/2.jpg"
        "P-0";"Voucher";"https://shop.example.org/v";"https://cdn.example.org/0.jpg"

        """;

    private const string Html =
        """
        <html><body><p>Hello {firstname}</p>
        <p data-product id="first"><a href="{product:Product:link1Url}">{product:Product:name}</a> <img alt="" src="{product:Product:image1Url}"></p>
        <p data-product id="second">{product:Product#2:name}</p>
        <p data-product id="other">{recommendation:Product#2:name}</p>
        <p data-product id="none">{recommendation:Product#9:name}</p>
        <p>Line: {Line}</p>
        <a href="https://shop.example.org/imprint">imprint</a> <a href="{bmUnsubscribeUrl}">out</a></body></html>
        """;

    private static readonly string[] Rows =
    [
        Row("both@example.org", "P-1,P-2"), Row("one@example.org", "P-2"), Row("missing@example.org", "P-9"), Row("mapped@example.org", ""), Row("nobody@example.org", ""),
    ];

    [Trait("Acceptance", "8")]
    [Theory]
    [InlineData("omit", "first=P-1 second=P-2 other=P-2", "first=P-2", "", "first=P-1 other=P-2")]
    [InlineData("fallback", "first=P-1 second=P-2 other=P-2 none=P-0", "first=P-2 second=P-0 other=P-0 none=P-0", "first=P-0 second=P-0 other=P-0 none=P-0", "first=P-1 second=P-0 other=P-2 none=P-0")]
    public async Task First_second_and_missing_products_are_what_the_client_chose(string missing, string both, string one, string lacking, string mapped)
    {
        using var installation = await WithProductsAsync(missing);
        await using var silo = await SiloProcess.StartAsync(installation);
        var file = await MailAsync(installation, silo);

        var books = installation.Books;
        Assert.All(books.AssertBalance(file, Rows.Length).Values, state => Assert.Equal(RecipientState.Sent, state));
        Assert.Equal(both, Blocks(books, "both@example.org"));
        Assert.Equal(one, Blocks(books, "one@example.org"));
        Assert.Equal(lacking, Blocks(books, "missing@example.org"));
        Assert.Equal(mapped, Blocks(books, "mapped@example.org"));
        Assert.Equal(lacking, Blocks(books, "nobody@example.org"));
        Assert.All(books.Sink(), record => Assert.DoesNotContain("data-product", Message(books, record.To.Single()), StringComparison.Ordinal));
        Assert.Contains("Line: Cup &amp; saucer, Pot", Message(books, "both@example.org"), StringComparison.Ordinal);
        Assert.Contains("src=\"https://cdn.example.org/1.jpg\"", Message(books, "both@example.org"), StringComparison.Ordinal);

        var links = (await installation.ExportAsync(silo)).Rows("links").Where(row => row["name"] != "OPEN").ToList();
        Assert.Equal(
            missing == "omit" ? 3 : 5,
            links.Count(row => row["url"].StartsWith("https://shop.example.org/p/", StringComparison.Ordinal) || row["url"] == "https://shop.example.org/v"));
        Assert.Equal(Rows.Length, links.Count(row => row["name"] == "imprint"));
    }

    [Trait("Acceptance", "8")]
    [Fact]
    public async Task With_fail_only_recipients_with_all_products_get_mail()
    {
        using var installation = await WithProductsAsync("fail", "<p data-product id=\"first\">{product:Product:name}</p>");
        await using var silo = await SiloProcess.StartAsync(installation);
        var file = await MailAsync(installation, silo);

        var ledger = installation.Books.AssertBalance(file, Rows.Length);
        Assert.Equal(
            ["both@example.org", "mapped@example.org", "one@example.org"],
            ledger.Where(entry => entry.Value == RecipientState.Sent).Select(entry => entry.Key).Order(StringComparer.Ordinal));
        Assert.Equal(2, installation.Books.Scalar("SELECT COUNT(*) FROM ledger WHERE state = $1 AND reason LIKE 'L604 html(1,%: LQ205:%'", (int)RecipientState.Failed));
        var log = (await installation.ExportAsync(silo)).Rows("mailingrecipients").ToDictionary(row => row["userId"], row => row["sendingStatus"], StringComparer.Ordinal);
        Assert.Equal("could_not_be_sent", log["missing@example.org"]);
        Assert.Equal("sent", log["both@example.org"]);
    }

    [Trait("Acceptance", "8")]
    [Fact]
    public async Task A_broken_file_keeps_the_catalogue_and_a_later_one_changes_nothing_of_what_was_sent()
    {
        using var installation = await WithProductsAsync("omit");
        await using var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;
        var broken = DropProducts(installation, "20260302090500_products.csv", "id;name\nP-1;\"torn\n");
        await Eventually.ThatAsync("failed product file", () => File.Exists(Path.Combine(installation.Folder("error"), broken)), silo);
        var file = await MailAsync(installation, silo);

        Assert.True(await silo.FolderRunsAsync());
        Assert.Equal("first=P-1 second=P-2 other=P-2", Blocks(books, "both@example.org"));
        Assert.StartsWith("Subject: [closed-loop] FAILED " + broken, File.ReadAllText(Path.Combine(installation.Folder("log"), "20260302090500_products.status.txt")), StringComparison.Ordinal);
        Assert.Contains("\"E403\"", File.ReadAllText(Path.Combine(installation.Folder("error"), "20260302090500_products.error.csv")), StringComparison.Ordinal);
        var before = await installation.ExportAsync(silo);

        var later = DropProducts(installation, "20260302100000_products.csv", "id;name;link1Url\nP-1;Glass;https://new.example.org/\n");
        await Eventually.ThatAsync("new catalogue", () => books.StateOf(later) == FileState.Archived, silo);
        var link = ReceivedMail.Of(books, "both@example.org").Links[0];
        using (var click = await silo.SendAsync(HttpMethod.Get, link)) Assert.Equal("https://shop.example.org/p/1", click.Headers.Location!.ToString());
        await Eventually.ThatAsync("stored click", () => books.Scalar("SELECT COUNT(*) FROM event") > 0, silo);
        var after = await installation.ExportAsync(silo);
        var clicked = Assert.Single(after.Rows("clicks"));
        Assert.Equal(
            before.Rows("links").Single(row => row["id"] == clicked["linkId"])["url"],
            after.Rows("links").Single(row => row["id"] == clicked["linkId"])["url"]);
        Assert.True(books.IsFinished(file));
    }

    [Fact]
    public async Task The_service_is_killed_while_it_loads_and_nothing_is_lost_or_doubled()
    {
        using var installation = await WithProductsAsync("omit");
        var large = "id;name;link1Url\n" + string.Concat(Enumerable.Range(1, 60_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"P-{i};name {i};https://shop.example.org/p/{i}\n")));
        DropProducts(installation, "20260302090001_products.csv", large);
        for (var kill = 0; kill < 4; kill++)
        {
            await using var dying = SiloProcess.Launch(installation);
            await Eventually.ThatAsync("some of the load", () => Progress(installation) >= kill, dying);
            await dying.KillAsync();
        }

        await using var silo = await SiloProcess.StartAsync(installation);
        var file = await MailAsync(installation, silo);
        var books = installation.Books;
        Assert.Equal(60_000, books.Scalar("SELECT COUNT(*) FROM product_row WHERE kind = 0 AND to_version = $1", long.MaxValue));
        Assert.Equal(4, books.Scalar("SELECT COUNT(*) FROM product_version"));
        Assert.Contains("name 1</a>", Message(books, "both@example.org"), StringComparison.Ordinal);
        Assert.Contains("<p id=\"second\">name 2</p>", Message(books, "both@example.org"), StringComparison.Ordinal);
        Assert.True(books.IsFinished(file));
    }

    /// <summary>How far the large file has come: claimed, first rows, half of them.</summary>
    private static int Progress(Installation installation)
    {
        var rows = installation.Books.Scalar("SELECT COUNT(*) FROM product_row");
        return rows > 30_000 ? 3 : rows > 100 ? 2 : installation.Books.StateOf("20260302090001_products.csv") is not null ? 1 : 0;
    }

    private static async Task<Installation> WithProductsAsync(string missing, string html = Html)
    {
        var installation = await Installation.CreateAsync(more: $$"""

            "products": { "missing": "{{missing}}", "fallbackId": "P-0" },
            """);
        var client = Path.Combine(installation.Definitions, "demo", "client.json");
        File.WriteAllText(client, File.ReadAllText(client).Replace(
            "{ \"name\": \"city\", \"displayName\": \"City\", \"length\": 60 }", "{ \"name\": \"product_id\", \"displayName\": \"Product\", \"content\": \"product-id\" }", StringComparison.Ordinal));
        var mailing = Path.Combine(installation.Definitions, "demo", "mailings", Installation.Source.ToString(CultureInfo.InvariantCulture));
        File.Delete(Path.Combine(mailing, "body.txt"));
        File.WriteAllText(Path.Combine(mailing, "body.html"), html);
        File.WriteAllText(
            Path.Combine(mailing, "mailing.json"),
            $$"""
            { "id": {{Installation.Source}}, "name": "Spring", "dialect": "campaign", "subject": "For {firstname}", "html": "body.html",
              "functions": { "Line": "<odr:choose><odr:when test=\"%{isEmpty(user.data.product_id)}\">-</odr:when><odr:otherwise><odr:out value=\"%{product(user.data.product_id,'name')}, %{recommendation(user.data.product_id,2,'name')}\"/></odr:otherwise></odr:choose>" } }
            """);
        (await installation.RunAsync("apply", installation.Definitions)).Succeeded();
        DropProducts(installation, "20260302090000_products.csv", Catalogue);
        DropProducts(installation, "20260302090000_mapping.csv", "Mapped@example.org;P-1\n");
        DropProducts(installation, "20260302090000_recommendations.csv", "id;rec1;rec2\nP-1;P-9;P-2\n");
        return installation;
    }

    private static async Task<string> MailAsync(Installation installation, SiloProcess silo)
    {
        var file = installation.Drop(Rows, "20260302091000_subscribers.csv");
        await Eventually.ThatAsync("end of the mailing", () => installation.Books.IsFinished(file), silo);
        return file;
    }

    private static string DropProducts(Installation installation, string name, string text)
    {
        var folder = Directory.CreateDirectory(installation.Folder("products")).FullName;
        File.WriteAllText(Path.Combine(folder, name + ".tmp"), text.ReplaceLineEndings("\n"), new UTF8Encoding(false));
        File.Move(Path.Combine(folder, name + ".tmp"), Path.Combine(folder, name));
        return name;
    }

    /// <summary>Which marked paragraphs a recipient got, with the product in each.</summary>
    private static string Blocks(Books books, string address)
    {
        var html = Message(books, address);
        var blocks = new List<string>();
        foreach (var id in (string[])["first", "second", "other", "none"])
        {
            var start = html.IndexOf($"<p id=\"{id}\">", StringComparison.Ordinal);
            if (start < 0) continue;
            var text = html[start..html.IndexOf("</p>", start, StringComparison.Ordinal)];
            var product = text.Contains("Cup &amp; saucer", StringComparison.Ordinal) ? "P-1" : text.Contains("Pot", StringComparison.Ordinal) ? "P-2" : text.Contains("Voucher", StringComparison.Ordinal) ? "P-0" : "?" + text;
            blocks.Add($"{id}={product}");
        }

        return string.Join(' ', blocks);
    }

    private static string Message(Books books, string address) =>
        MimeMessage.Parse(SinkLedger.ReadMessage(books.SinkLedgerPath, Assert.Single(books.SinkByAddress()[address]))).HtmlBody!;

    private static string Row(string address, string ids) => string.Create(CultureInfo.InvariantCulture, $"{address};{Installation.Source};501;Ms;Anna;Berg;\"{ids}\"");
}
