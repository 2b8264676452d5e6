using System.Globalization;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Testing.Servers;

namespace ClosedLoop.Scenarios.Support;

/// <summary>An installation whose client has the account of the guide page, and its folder of orders.</summary>
internal static class OrderInstallation
{
    /// <summary>Applies the account beside the client.</summary>
    /// <param name="more">Settings of the client.</param>
    /// <param name="configuration">Settings below <c>xmlDelivery</c>, each with a comma behind it.</param>
    /// <param name="account">Settings of the account, each with a comma before it.</param>
    /// <param name="server">For several silos: they share a database there, and a sink of its own.</param>
    public static async Task<Installation> CreateAsync(string more = "", string configuration = "", string account = "", PostgresServer? server = null)
    {
        var installation = await Installation.CreateAsync(embeddedSink: server is null, more: more, server: server);
        var examples = Path.Combine(Repository.PathOf("tests"), "ClosedLoop.Intake.Tests", "Orders", "Examples");
        var definition = await File.ReadAllTextAsync(Path.Combine(examples, "account.json"));
        definition = definition.Replace("\"key\": \"example\"", $"\"key\": \"demo\"{account}", StringComparison.Ordinal)
            .Replace("\"xmlDelivery\": {", $"\"xmlDelivery\": {{ \"enabled\": true, \"pollSeconds\": 1, {configuration}", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(installation.Definitions, "demo", "account.json"), definition);
        (await installation.RunAsync("apply", installation.Definitions)).Succeeded();
        return installation;
    }

    /// <summary>Uploads an example of the specification, its semaphore last.</summary>
    public static void Upload(string folder, string name, Func<string, string>? change = null)
    {
        var examples = Path.Combine(Repository.PathOf("tests"), "ClosedLoop.Intake.Tests", "Orders", "Examples");
        var xml = File.ReadAllText(Path.Combine(examples, name + ".xml"));
        Put(folder, name + ".xml", change is null ? xml : change(xml));
        if (File.Exists(Path.Combine(examples, name + ".csv"))) File.Copy(Path.Combine(examples, name + ".csv"), Path.Combine(folder, name + ".csv"), overwrite: true);
        Put(folder, name + ".xml.ok", "");
    }

    /// <summary>Uploads an order that starts at once, with a list of recipients besides the one test recipient of the example.</summary>
    public static void UploadList(string folder, int recipients)
    {
        Put(folder, "list.csv", "email,firstname\n" + string.Concat(Enumerable.Range(0, recipients).Select(i => string.Create(CultureInfo.InvariantCulture, $"reader.{i}@example.com,R{i}\n"))));
        Upload(folder, "order-c", xml => xml.Replace("<delivery method=\"manual\"/>", "<delivery method=\"auto\"/>", StringComparison.Ordinal)
            .Replace(xml[xml.IndexOf("<new_recipients>", StringComparison.Ordinal)..xml.IndexOf("<test_recipients>", StringComparison.Ordinal)], "<new_recipients><csv_file>list.csv</csv_file></new_recipients>", StringComparison.Ordinal));
    }

    public static void Put(string folder, string name, string content)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, name), content);
    }

    /// <summary>Messages to recipients: the sink takes the summaries, too.</summary>
    public static IReadOnlyList<SinkRecord> Mails(this Books books) => [.. books.Sink().Where(record => record.To.Single() is not ("ops@example.com" or "events@example.com" or "marketing@example.com"))];

    /// <summary>Settings of a client on that server, with its root in <c>oak</c>.</summary>
    public static string On(Sshd server) => string.Create(CultureInfo.InvariantCulture,
        $$"""

          "sftp": { "host": "127.0.0.1", "port": {{server.Port}}, "user": "{{Environment.UserName}}", "identityFile": "{{server.IdentityFile}}",
            "knownHostsFile": "{{server.KnownHosts}}", "root": "oak", "timeoutSeconds": 10 },
        """);
}
