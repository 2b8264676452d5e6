using System.Net;
using System.Text;
using System.Text.Json;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Scenarios.Support;

namespace ClosedLoop.Scenarios;

/// <summary>A person who asks what is known, and then to be forgotten.</summary>
public sealed class Erased
{
    private const string Anna = "anna.berg@example.org";
    private const string Reader = "reader@example.org";
    private const string Key = "a-key-of-the-relay";

    private static readonly string[] Rows = [Installation.Row(Anna), Installation.Row(Reader)];

    [Fact]
    public async Task A_person_is_handed_what_is_known_then_erased_and_not_taken_in_again()
    {
        using var installation = await Installation.CreateAsync();
        installation.Settings.Add("Inbound:HttpKeyFile=" + installation.Aside("key", Encoding.UTF8.GetBytes(Key + "\n")));
        await using var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;
        var first = installation.Drop(Rows);
        await Eventually.ThatAsync("end of the mailing", () => books.IsFinished(first), silo);
        Assert.True(await ReturnedMails.PostAsync(silo, ReturnedMails.Bounce(books.SinkByAddress()[Anna].Single()), Key));
        await Eventually.ThatAsync("returned mail", () => books.Scalar("SELECT COUNT(*) FROM inbound_mail") == 1, silo);
        var folder = Path.Combine(installation.AsideFolder, "anna");

        (await installation.RunAsync("gdpr", "export", "Anna.Berg@example.org", "--out", folder)).Succeeded();

        using (var person = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "person.json"))))
        {
            var message = person.RootElement.GetProperty("clients")[0].GetProperty("messages")[0];
            Assert.Equal("Sent", message.GetProperty("state").GetString());
            Assert.Equal("Gent", message.GetProperty("columns").GetProperty("city").GetString());
        }

        Assert.Single(Directory.GetFiles(folder, "returned-*.eml"));
        var preview = await installation.RunAsync("gdpr", "erase", Anna);
        Assert.Equal(8, preview.ExitCode);
        Assert.True(Mentions(installation, Anna).Count > 0);

        var certificate = Path.Combine(installation.AsideFolder, "certificate.json");
        (await installation.RunAsync("gdpr", "erase", Anna, "--yes", "--out", certificate)).Succeeded();

        (await CommandResult.OfAsync("gdpr", "verify", certificate, "--address", Anna)).Succeeded();
        Assert.Equal(6, (await CommandResult.OfAsync("gdpr", "verify", certificate, "--address", Reader)).ExitCode);
        Assert.DoesNotContain(Anna, await File.ReadAllTextAsync(certificate), StringComparison.OrdinalIgnoreCase);
        var altered = await File.ReadAllTextAsync(certificate);
        await File.WriteAllTextAsync(certificate, altered.Replace("\"messages\":1", "\"messages\":2", StringComparison.Ordinal));
        Assert.Equal(6, (await CommandResult.OfAsync("gdpr", "verify", certificate)).ExitCode);
        (await installation.RunAsync("gdpr", "export", Anna, "--out", folder)).Succeeded();
        using (var person = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "person.json"))))
        {
            var left = person.RootElement.GetProperty("clients")[0];
            Assert.True(left.GetProperty("erased").GetBoolean());
            Assert.Equal(0, left.GetProperty("messages").GetArrayLength() + left.GetProperty("lists").GetArrayLength());
        }

        Assert.Single(books.Sink());
        await silo.TerminateAsync();
        Assert.Empty(Mentions(installation, Anna));

        await using var again = await SiloProcess.StartAsync(installation);
        var second = installation.Drop([.. Rows, Installation.Row("new@example.org")]);
        await Eventually.ThatAsync("end of the second mailing", () => books.IsFinished(second), again);

        Assert.Equal(1, books.Scalar("SELECT COUNT(*) FROM file_problem WHERE code = 'W210'"));
        Assert.DoesNotContain(books.Ledger(second).Keys, address => address == Anna);
        Assert.DoesNotContain(books.Sink(), record => record.To.Contains(Anna));
        (await installation.RunAsync("status")).Succeeded();
        var export = await installation.ExportAsync(again);
        Assert.DoesNotContain(Anna, string.Concat(export.Paths.Values.Select(File.ReadAllText)), StringComparison.Ordinal);

        (await installation.RunAsync("gdpr", "allow", Anna)).Succeeded();
        Assert.Equal(8, (await installation.RunAsync("gdpr", "allow", Anna)).ExitCode);
        var third = installation.Drop([Installation.Row(Anna, wave: 503)]);
        await Eventually.ThatAsync("end of the third mailing", () => books.IsFinished(third), again);
        Assert.Equal(RecipientState.Sent, books.Ledger(third)[Anna]);
    }

    [Fact]
    public async Task The_log_names_nobody()
    {
        using var installation = await Installation.CreateAsync();
        installation.Settings.Add("Inbound:HttpKeyFile=" + installation.Aside("key", Encoding.UTF8.GetBytes(Key + "\n")));
        await using var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;
        var file = installation.Drop([.. Rows, Installation.Row("hard.1@example.org"), Installation.Row("soft.1@example.org"), Installation.Row("no address")]);
        await Eventually.ThatAsync("outcomes", () => books.Scalar("SELECT COUNT(*) FROM ledger WHERE state IN (2, 3)") >= 3, silo);
        var mail = ReceivedMail.Of(books, Reader);
        using (var click = await silo.SendAsync(HttpMethod.Get, mail.Links[0])) Assert.Equal(HttpStatusCode.Found, click.StatusCode);
        Assert.True(await ReturnedMails.PostAsync(silo, ReturnedMails.Bounce(books.SinkByAddress()[Reader].Single()), Key));
        await Eventually.ThatAsync("returned mail", () => books.Scalar("SELECT COUNT(*) FROM inbound_mail") == 1, silo);
        (await installation.RunAsync("blocklist", "add", "blocked@example.org", "--client", "demo")).Succeeded();
        var erased = await installation.RunAsync("gdpr", "erase", Anna, "--yes", "--out", Path.Combine(installation.AsideFolder, "c.json"));
        Assert.True(erased.ExitCode == 0, erased.Error + silo.Story);
        await silo.TerminateAsync();

        Assert.Contains(file, silo.Error, StringComparison.Ordinal);
        foreach (var address in new[] { Anna, Reader, "hard.1@example.org", "soft.1@example.org", "blocked@example.org" })
            Assert.DoesNotContain(address, silo.Error, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Files of the data folder in which an address stands, whatever they are.</summary>
    private static List<string> Mentions(Installation installation, string address)
    {
        // Whoever closes a file takes this process's locks on it away; the database must not be open here meanwhile.
        installation.Books.Close();
        return [.. Directory.EnumerateFiles(installation.Data, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) != ".lock" && Text(path).Contains(address, StringComparison.OrdinalIgnoreCase))];
    }

    private static string Text(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
