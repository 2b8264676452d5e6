using System.Text;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Scenarios.Support;

namespace ClosedLoop.Scenarios;

/// <summary>Files of a group go with every mail of its orders (xml-delivery spec section 9.1).</summary>
public sealed class OrdersAttach
{
    [Fact]
    public async Task A_group_s_files_travel_as_they_were_when_the_account_was_applied()
    {
        using var installation = await OrderInstallation.CreateAsync();
        var definition = Path.Combine(installation.Definitions, "demo", "account.json");
        var terms = Path.Combine(installation.Definitions, "demo", "files", "terms.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(terms)!);
        await File.WriteAllTextAsync(terms, "our terms");
        var account = await File.ReadAllTextAsync(definition);
        await File.WriteAllTextAsync(definition, account.Replace("\"id\": 2101,", "\"id\": 2101, \"attachments\": [{ \"file\": \"../client.json\" }, { \"file\": \"files/none.pdf\" }, { \"file\": \"terms.exe\" }],", StringComparison.Ordinal));
        var refused = await installation.RunAsync("apply", installation.Definitions);
        Assert.NotEqual(0, refused.ExitCode);
        foreach (var fault in new[] { "client.json' is of a type", "'files/none.pdf' is not in", "'terms.exe' is of a type" }) Assert.Contains(fault, refused.Output + refused.Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(definition, account.Replace("\"id\": 2101,", "\"id\": 2101, \"attachments\": [{ \"file\": \"files/terms.txt\", \"name\": \"Terms of May.txt\" }],", StringComparison.Ordinal));
        (await installation.RunAsync("apply", installation.Definitions)).Succeeded();
        File.Delete(terms);

        var folder = installation.Folder("orders");
        Directory.CreateDirectory(folder);
        await using var silo = await SiloProcess.StartAsync(installation);
        OrderInstallation.Upload(folder, "order-a");
        await Eventually.ThatAsync("mails", () => installation.Books.Mails().Count == 2, silo);
        foreach (var address in new[] { "ada@example.com", "bruno@example.com" })
        {
            var mail = MimeMessage.Parse(SinkLedger.ReadMessage(installation.Books.SinkLedgerPath, Assert.Single(installation.Books.SinkByAddress()[address])));
            var file = Assert.Single(mail.Root.SelfAndDescendants, part => part.Headers.Find("Content-Disposition")?.RawValue.Contains("attachment", StringComparison.Ordinal) == true);
            Assert.Contains("Terms of May.txt", file.Headers["Content-Disposition"]!, StringComparison.Ordinal);
            Assert.Equal("our terms", Encoding.UTF8.GetString(file.DecodeBytes()));
        }
    }
}
