using System.Net.Sockets;
using System.Text;

namespace ClosedLoop.Scenarios;

/// <summary>What an operator does in a day, with nothing but the command line.</summary>
public sealed class OneOperator
{
    private const string Anna = "anna@example.org";

    [Fact]
    public async Task A_file_is_planned_dropped_followed_and_every_person_explained()
    {
        using var installation = await Installation.CreateAsync();
        await using var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;
        var first = installation.Aside("first.csv", Installation.FileOf(Enumerable.Range(0, 10).Select(i => Installation.Row($"r{i}@example.org")).Append(Installation.Row(Anna))));
        (await installation.RunAsync("drop", first, "--client", "demo", "--wait")).Succeeded();
        (await installation.RunAsync("blocklist", "add", "r1@example.org", "--client", "demo", "--reason", "asked by telephone")).Succeeded();

        // Half as many people as before, and names that are not there any more.
        var second = installation.Aside("20260303090000_subscribers.csv", Installation.FileOf(
            [.. Enumerable.Range(0, 4).Select(i => Installation.Row($"r{i}@example.org", wave: 502).Replace("Anna", "", StringComparison.Ordinal)), Installation.Row("new@example.org", wave: 502)]));
        var plan = await installation.RunAsync("plan", second, "--client", "demo", "--out", Path.Combine(installation.AsideFolder, "samples"), "--json");
        Assert.Equal(8, plan.ExitCode);
        var planned = plan.Json().GetProperty("plan");
        Assert.Equal((5, 4, 1), (planned.GetProperty("records").GetInt32(), planned.GetProperty("accepted").GetInt32(), planned.GetProperty("leftOut").GetProperty("W207").GetInt32()));
        Assert.Equal((1, 8), (planned.GetProperty("last").GetProperty("new").GetInt32(), planned.GetProperty("last").GetProperty("gone").GetInt32()));
        Assert.Equal(["empty", "rows"], planned.GetProperty("rails").EnumerateArray().Select(rail => rail.GetString()!.Split(':')[0]).Order(StringComparer.Ordinal));
        var sample = await File.ReadAllTextAsync(Path.Combine(installation.AsideFolder, "samples", "empty-firstname.eml"));
        Assert.Contains("To: r0@example.org", sample, StringComparison.Ordinal);

        // What was planned is what comes of it.
        Assert.Equal(0, (await installation.RunAsync("plan", second, "--client", "demo", "--rows", "100", "--empty", "100")).ExitCode);
        (await installation.RunAsync("drop", second, "--client", "demo", "--wait")).Succeeded();
        Assert.Equal(4, books.Scalar("SELECT imported FROM inbound_file WHERE name = $1", "20260303090000_subscribers.csv"));

        var trace = (await installation.RunAsync("trace", "ANNA@example.org", "--json")).Succeeded().Json().GetProperty("clients")[0];
        Assert.Equal("yes", trace.GetProperty("mayBeMailed").GetString());
        Assert.StartsWith("Handed over on ", trace.GetProperty("messages")[0].GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Contains("asked by telephone", (await installation.RunAsync("recipients", "show", "r1@example.org")).Succeeded().Output, StringComparison.Ordinal);
        Assert.Equal(4, (await installation.RunAsync("trace", "stranger@example.org")).ExitCode);

        var mailing = books.Text("SELECT CAST(MIN(mailing_id) AS TEXT) FROM mailing");
        Assert.Equal(11, (await installation.RunAsync("recipients", "ls", mailing, "--state", "sent")).Succeeded().Output.TrimEnd().Split('\n').Length);
        var top = (await installation.RunAsync("top")).Succeeded().Output;
        Assert.Contains($"{mailing}  Finished", top, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', top);

        (await CommandResult.OfAsync(installation.Environment, ["health", "--set", "Http:Listen=" + installation.Address])).Succeeded();
        (await installation.RunAsync("doctor", "--offline")).Succeeded();
    }

    [Fact]
    public async Task A_message_is_made_again_octet_by_octet()
    {
        using var installation = await Installation.CreateAsync();
        await using var silo = await SiloProcess.StartAsync(installation);
        var file = installation.Drop(Enumerable.Range(0, 5).Select(i => Installation.Row($"r{i}@example.org")));
        await Eventually.ThatAsync("end of the mailing", () => installation.Books.IsFinished(file), silo);
        var mailing = installation.Books.Text("SELECT CAST(MAX(mailing_id) AS TEXT) FROM mailing");

        foreach (var i in Enumerable.Range(0, 5))
        {
            var path = Path.Combine(Directory.CreateDirectory(installation.AsideFolder).FullName, $"{i}.eml");
            (await installation.RunAsync("recipients", "message", mailing, $"r{i}@example.org", "--out", path)).Succeeded();
            Assert.Contains($"To: r{i}@example.org", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
        }

        var altered = installation.Aside("altered.eml", Encoding.UTF8.GetBytes((await File.ReadAllTextAsync(Path.Combine(installation.AsideFolder, "0.eml"))).Replace("Hello", "Hallo", StringComparison.Ordinal)));
        Assert.Equal(6, (await installation.RunAsync("recipients", "message", mailing, "r0@example.org", "--compare", altered)).ExitCode);
        Assert.Equal(4, (await installation.RunAsync("recipients", "message", mailing, "stranger@example.org")).ExitCode);
    }

    [Fact]
    public async Task A_service_manager_is_told_when_the_service_has_started_and_when_it_stops()
    {
        using var installation = await Installation.CreateAsync();
        var path = Path.Combine(Directory.CreateDirectory(installation.AsideFolder).FullName, "notify");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        installation.Environment["NOTIFY_SOCKET"] = path;
        await using var silo = await SiloProcess.StartAsync(installation);

        Assert.StartsWith("READY=1\n", await ReceiveAsync(socket), StringComparison.Ordinal);
        await silo.TerminateAsync();
        Assert.StartsWith("STOPPING=1\n", await ReceiveAsync(socket), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mode_live_is_refused_with_a_list_of_what_is_missing()
    {
        using var installation = await Installation.CreateAsync(more: """ "relay": { "host": "mail.example.org", "user": "oak", "passwordSetting": "CLOSEDLOOP_NOBODY_SETS_THIS" },""");
        var key = Path.Combine(Directory.CreateDirectory(Path.Combine(installation.Data, "keys")).FullName, "proof.key");
        await File.WriteAllTextAsync(key, "secret");
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        installation.Settings.AddRange(["Delivery:Mode=Live", "Delivery:ClientName=mail.example.org", "Tracking:BaseUrl=https://news.example.org"]);
        await using var silo = SiloProcess.Launch(installation);
        Assert.Equal(3, await silo.ExitCodeAsync());
        Assert.Contains("CL9610: others may read", silo.Error, StringComparison.Ordinal);
        Assert.Contains("CL9610: client demo: the environment variable CLOSEDLOOP_NOBODY_SETS_THIS", silo.Error, StringComparison.Ordinal);
    }

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        using var limit = new CancellationTokenSource(Eventually.Patience);
        var buffer = new byte[512];
        return Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, limit.Token));
    }
}
