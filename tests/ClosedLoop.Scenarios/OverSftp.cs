using System.Globalization;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Scenarios.Support;
using ClosedLoop.Sftp;
using ClosedLoop.Testing.Servers;

namespace ClosedLoop.Scenarios;

/// <summary>The client's folders are on a real SFTP server: files come in by temporary name and rename, results go back, and neither side's crash costs or doubles anything.</summary>
public sealed class OverSftp(Xunit.Abstractions.ITestOutputHelper output)
{
    [Trait("Acceptance", "2")]
    [SshdFact]
    public async Task A_file_comes_in_and_its_results_go_back_although_both_sides_are_killed()
    {
        await using var server = await Sshd.StartAsync();
        var root = Directory.CreateDirectory(Path.Combine(server.Home, "oak")).FullName;
        using var installation = await Installation.CreateAsync(more: Server(server));
        var books = installation.Books;
        string[] rows = [Installation.Row("nobody"), .. Enumerable.Range(0, 200).Select(i => Installation.Row($"reader.{i}@example.org"))];
        string first;
        await using (var silo = await SiloProcess.StartAsync(installation))
        {
            await Eventually.ThatAsync("folders made by the first poll", () => Directory.Exists(Path.Combine(root, "in")), silo);
            first = await UploadAsync(server, installation.NextName(), rows);
            await Eventually.ThatAsync("claim", () => books.FileId(first) > 0, silo);
            await silo.KillAsync();
        }

        await using var next = await SiloProcess.StartAsync(installation);
        await Eventually.ThatAsync("end of the first mailing", () => books.IsFinished(first), next);
        Assert.Equal(200, books.AssertBalance(first, 201).Count(pair => pair.Value == RecipientState.Sent));

        // The server goes away and comes back: nothing fails, and the next file is found.
        await server.KillAsync();
        await Eventually.ThatAsync("complaint about the server", () => next.Error.Contains("CL1101", StringComparison.Ordinal), next);
        await server.RestartAsync();
        var second = await UploadAsync(server, installation.NextName(), [Installation.Row("late@example.org", wave: 502)]);
        await Eventually.ThatAsync("end of the second mailing", () => books.IsFinished(second), next);

        Assert.Equal(201, books.Sink().Count);
        Assert.Empty(Directory.GetFiles(Path.Combine(root, "in")));
        Assert.Empty(Directory.GetFiles(Path.Combine(root, "processing")));
        Assert.Equal([first, second], Directory.GetFiles(Path.Combine(root, "archive")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(root, "log")));

        var export = await installation.ExportAsync(next);
        Assert.Equal(9, Directory.GetFiles(Path.Combine(root, "out")).Length);
        foreach (var path in export.Paths.Values)
            Assert.Equal(await File.ReadAllBytesAsync(path), await File.ReadAllBytesAsync(Path.Combine(root, "out", Path.GetFileName(path))));
    }

    [SshdFact]
    public async Task Uploads_cut_at_any_byte_are_never_taken_in()
    {
        await using var server = await Sshd.StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(server.Home, "oak", "in")).FullName;
        using var installation = await Installation.CreateAsync(more: Server(server));
        var books = installation.Books;
        await using var silo = await SiloProcess.StartAsync(installation);
        var content = Installation.FileOf(Enumerable.Range(0, 50).Select(i => Installation.Row($"reader.{i}@example.org")));
        var random = Seed.Next(output);

        // Under a temporary name, whatever is there is nobody's file; under the final one it is a file with a fault, or, cut between two records, a shorter file.
        for (var i = 0; i < 200; i++)
            await File.WriteAllBytesAsync(Path.Combine(folder, installation.NextName() + ".tmp"), content[..random.Next(content.Length)]);
        var whole = await UploadAsync(server, installation.NextName(), Enumerable.Range(0, 50).Select(i => Installation.Row($"reader.{i}@example.org")));
        await Eventually.ThatAsync("end of the mailing", () => books.IsFinished(whole), silo);

        books.AssertBalance(whole, 50);
        Assert.Equal(1, books.Scalar("SELECT COUNT(*) FROM inbound_file"));
        Assert.Equal(50, books.Sink().Count);
        Assert.Equal(200, Directory.GetFiles(folder).Length);
    }

    private static string Server(Sshd server) => string.Create(CultureInfo.InvariantCulture,
        $$"""

          "sftp": { "host": "127.0.0.1", "port": {{server.Port}}, "user": "{{Environment.UserName}}", "identityFile": "{{server.IdentityFile}}",
            "knownHostsFile": "{{server.KnownHosts}}", "root": "oak", "timeoutSeconds": 10 },
        """);

    private static async Task<string> UploadAsync(Sshd server, string name, IEnumerable<string> rows)
    {
        await using var session = await SftpSession.ConnectAsync(new SftpOptions
        {
            Host = "127.0.0.1",
            Port = server.Port,
            User = Environment.UserName,
            IdentityFile = server.IdentityFile,
            KnownHostsFile = server.KnownHosts,
        });
        await session.UploadAsync($"oak/in/{name}.tmp", new MemoryStream(Installation.FileOf(rows)));
        await session.RenameAsync($"oak/in/{name}.tmp", $"oak/in/{name}");
        return name;
    }
}
