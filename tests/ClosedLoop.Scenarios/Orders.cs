using System.Globalization;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Scenarios.Support;
using ClosedLoop.Testing.Servers;

namespace ClosedLoop.Scenarios;

/// <summary>Examples A to D of XML Delivery with real processes, on a folder of this machine and on a real SFTP server: exactly the stated results.</summary>
public sealed class Orders
{
    [Trait("XmlCheck", "8")]
    [Fact]
    public async Task Examples_give_their_results_on_a_local_folder()
    {
        using var installation = await OrderInstallation.CreateAsync();
        await RunAsync(installation, installation.Folder("orders"));
    }

    [Trait("XmlCheck", "8")]
    [SshdFact]
    public async Task Examples_give_their_results_on_an_sftp_server()
    {
        await using var server = await Sshd.StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(server.Home, "oak", "orders")).FullName;
        using var installation = await OrderInstallation.CreateAsync(more: OrderInstallation.On(server));
        await RunAsync(installation, folder);
    }

    private static async Task RunAsync(Installation installation, string folder)
    {
        var books = installation.Books;
        await using var silo = await SiloProcess.StartAsync(installation);

        // A, with D as its report: three rows, two messages, one link of the HTML rewritten and none of the text.
        Directory.CreateDirectory(folder);
        OrderInstallation.Upload(folder, "order-a");
        await Eventually.ThatAsync("end of A", () => IsOver(folder, "order-a") && books.Mails().Count == 2, silo);
        Assert.Equal(["ada@example.com", "bruno@example.com"], books.Mails().Select(record => record.To.Single()).Order(StringComparer.Ordinal));
        var mail = MimeMessage.Parse(SinkLedger.ReadMessage(books.SinkLedgerPath, books.SinkByAddress()["bruno@example.com"].Single()));
        Assert.Equal("Bruno \"B\", your order A-1002 is confirmed", mail.Headers["Subject"]);
        Assert.Equal(("Example Shop <orders@example.com>", "Example Shop <help@example.com>"), (mail.Headers["From"], mail.Headers["Reply-To"]));
        Assert.Contains("<p>we are packing order A-1002 (ORD-2031-05).</p>", mail.HtmlBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(1, mail.HtmlBody!.Split("/c/").Length - 1);
        Assert.StartsWith("Hello Bruno \"B\", we are packing order A-1002: https://shop.example.com/orders", mail.TextBody!, StringComparison.Ordinal);
        Assert.Equal(3, books.Scalar("SELECT COUNT(*) FROM contact WHERE code <> 0"));
        Assert.Contains("finish=\"2", await File.ReadAllTextAsync(Path.Combine(folder, "order-a.report.xml")), StringComparison.Ordinal);
        await Eventually.ThatAsync("finished delivery", async () => (await installation.RunAsync("orders", "deliveries")).Output.Contains("FINISHED", StringComparison.Ordinal), silo);

        // B: the test at once, the normal delivery waits for its time in Rome.
        var contacts = installation.Aside("contacts.csv", "email,age,last_order\nqa@example.com,20,2031-05-01\nboss@example.com,40,2031-05-01\n"u8.ToArray());
        (await installation.RunAsync("orders", "load", "demo", "1", contacts)).Succeeded();
        OrderInstallation.Upload(folder, "order-b");
        await Eventually.ThatAsync("end of B", () => IsOver(folder, "order-b") && books.Mails().Count == 4, silo);
        var listed = (await installation.RunAsync("orders", "deliveries")).Succeeded().Output;
        Assert.Contains("WAITING     Spring reminder  filter 45, 0 recipients, starts 2031-05-14 07:30:00Z", listed, StringComparison.Ordinal);
        var test = MimeMessage.Parse(SinkLedger.ReadMessage(books.SinkLedgerPath, books.SinkByAddress()["boss@example.com"].Single()));
        Assert.Equal(("Three days left", "news@example.com", "news@example.com"), (test.Headers["Subject"], test.Headers["From"], test.Headers["Reply-To"]));

        // C: one test mail; the draft is sent by an operator only, once.
        OrderInstallation.Upload(folder, "order-c");
        await Eventually.ThatAsync("end of C", () => IsOver(folder, "order-c") && books.Mails().Count == 5, silo);
        Assert.Equal("Invitation for QA", MimeMessage.Parse(SinkLedger.ReadMessage(books.SinkLedgerPath, books.SinkByAddress()["qa@example.com"].Last())).Headers["Subject"]);
        var draft = books.Scalar("SELECT delivery_id FROM delivery WHERE state = 1").ToString(CultureInfo.InvariantCulture);
        (await installation.RunAsync("orders", "start", draft)).Succeeded();
        await Eventually.ThatAsync("mails of the draft", () => books.Mails().Count == 7, silo);
        Assert.NotEqual(0, (await installation.RunAsync("orders", "start", draft)).ExitCode);
        await Eventually.ThatAsync("end of the draft", () => books.Scalar("SELECT state FROM mailing WHERE mailing_id = $1", long.Parse(draft, CultureInfo.InvariantCulture)) == 5, silo);
        Assert.Equal(7, books.Mails().Count);
        Assert.Equal(["ops@example.com", "events@example.com"], books.Sink().Except(books.Mails()).Select(record => record.To.Single()));

        // What an operator sees, and what nobody may.
        var show = (await installation.RunAsync("orders", "show", books.Scalar("SELECT MIN(operation_id) FROM operation").ToString(CultureInfo.InvariantCulture))).Succeeded().Output;
        Assert.Contains("DELIVERY_FINISHED", show, StringComparison.Ordinal);
        Assert.DoesNotContain("USER-KEY", silo.Error + show + listed, StringComparison.Ordinal);
        Assert.DoesNotContain("API-KEY", silo.Error + show + listed, StringComparison.Ordinal);
    }

    private static bool IsOver(string folder, string name) => File.Exists(Path.Combine(folder, name + ".report.xml.done"));
}
