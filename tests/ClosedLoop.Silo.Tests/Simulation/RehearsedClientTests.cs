using ClosedLoop.Model.Clients;
using ClosedLoop.Silo.Definitions;
using ClosedLoop.Silo.Simulation;
using ClosedLoop.Silo.Tests.Definitions;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Simulation;

public sealed class RehearsedClientTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void It_has_no_server_no_folder_of_its_own_and_no_waits()
    {
        var client = RehearsedClient.Of(new ClientDefinition
        {
            Id = 9,
            Key = "oak",
            Sender = new SenderSettings { Address = "letters@example.org" },
            Sftp = new SftpSettings { Host = "sftp.example.org", User = "oak" },
            Folders = new FolderSettings { Root = "/srv/oak", Out = "/srv/out" },
            Import = new ImportSettings { StableSeconds = 60, PollSeconds = 600, MaxGroups = 7 },
            Mail = new MailSettings { PerSecond = 2, Domains = new Dictionary<string, LaneLimits> { ["*"] = new() { Connections = 1 } }, RetryHours = 3 },
            Export = new ExportSettings { Enabled = true, TimeZone = "Europe/Berlin" },
        });

        Assert.Null(client.Sftp.Host);
        Assert.Equal("/drop/oak", client.RootBelow("/drop"));
        Assert.Equal(new FolderSettings(), client.Folders);
        Assert.Equal((0, 2, 7), (client.Import.StableSeconds, client.Import.PollSeconds, client.Import.MaxGroups));
        Assert.Null(client.Mail.PerSecond);
        Assert.Empty(client.Mail.Domains);
        Assert.Equal((3, "Europe/Berlin"), (client.Mail.RetryHours, client.Export.TimeZone));
    }

    [Fact]
    public void Other_clients_of_the_folder_take_no_part()
    {
        DefinitionFiles.Write(_folder);
        _folder.Write("elm/client.json", """{ "id": 90000000002, "key": "elm", "sender": { "address": "letters@example.net" } }""");
        _folder.Write("elm/mailings/summer/mailing.json", """{ "id": 71000000200, "name": "Summer", "subject": "Hello", "text": "body.txt.liquid" }""");
        _folder.Write("elm/mailings/summer/body.txt.liquid", "Hello\n");
        var all = DefinitionFolder.Read(_folder.Path);
        Assert.Equal(2, all.Mailings.Count);

        var oak = all.Clients.Single(client => client.Key == "oak");
        var own = all.Only(oak, RehearsedClient.Of(oak));
        Assert.Equal(["oak"], own.Clients.Select(client => client.Key));
        Assert.Equal(["Spring"], own.Mailings.Select(mailing => mailing.Name));
    }

    public void Dispose() => _folder.Dispose();
}
