using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClosedLoop.Data.Clients;
using ClosedLoop.Model.Clients;
using ClosedLoop.Operations.Machine;
using ClosedLoop.Operations.Tests.Support;

namespace ClosedLoop.Operations.Tests.Machine;

/// <summary>Support bundle, keys, settings, figures of the process, and the way on which alarms reach people.</summary>
public sealed partial class SystemTests(ServedHere served) : IClassFixture<ServedHere>
{
    [Fact]
    public async Task The_support_bundle_has_what_helps_and_nothing_that_is_a_secret()
    {
        served.Installation.Drop([Installation.Row("anna@example.org")]);
        using var admin = served.Client(served.CommandLineToken);
        using var answer = await admin.PostAsync(new Uri("/api/v1/system/bundle", UriKind.Relative), content: null);
        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.MediaType);
        await using var archive = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        Assert.Equal(["about.json", "checks.json", "connectors.json", "findings.json", "mailings.json", "settings.json"], archive.Entries.Select(entry => entry.Name).Order(StringComparer.Ordinal));
        var text = new StringBuilder();
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            text.Append(await reader.ReadToEndAsync());
        }

        Assert.DoesNotContain(served.CommandLineToken, text.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("anna@example.org", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bundle_is_downloaded_from_the_page_by_an_admin()
    {
        using var browser = await served.SignedInAsync();
        using var page = await browser.GetAsync(new Uri("/system", UriKind.Relative));
        using var answer = await browser.PostAsync(new Uri("/system/bundle", UriKind.Relative), await FormText.OfAsync(page));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.EndsWith(".zip", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_key_for_links_waits_for_the_next_start()
    {
        using var admin = served.Client(served.CommandLineToken);
        Assert.True((await PostAsync(admin, "/api/v1/system/keys/rotate?reason=yearly")).GetProperty("done").GetBoolean());
        var keys = (await GetAsync(admin, "/api/v1/system")).GetProperty("keys").EnumerateArray().ToDictionary(key => key.GetProperty("name").GetString()!, key => key.GetProperty("state").GetString(), StringComparer.Ordinal);
        Assert.Equal("signs", keys["signing-001.key"]);
        Assert.Equal("signs from the next start on", keys["signing-002.key"]);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(served.Installation.Data, "keys", "signing-002.key")));
        Assert.False((await PostAsync(admin, "/api/v1/system/keys/rotate")).GetProperty("done").GetBoolean());
    }

    [Fact]
    public async Task Settings_say_where_they_come_from_and_hide_secrets_and_are_told_to_admins_only()
    {
        using var admin = served.Client(served.CommandLineToken);
        var settings = (await GetAsync(admin, "/api/v1/system")).GetProperty("settings").EnumerateArray().ToDictionary(line => line.GetProperty("key").GetString()!, line => line.GetProperty("source").GetString(), StringComparer.Ordinal);
        Assert.Equal("default", settings["ClosedLoop:Watch:LateSeconds"]);
        Assert.Equal("program", settings["ClosedLoop:Operator:Listen"]);
        using var made = await admin.PostAsJsonAsync(new Uri("/api/v1/access/keys", UriKind.Relative), new { name = "looker", role = "viewer" });
        using var viewer = served.Client((await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString());
        Assert.Equal(JsonValueKind.Null, (await GetAsync(viewer, "/api/v1/system")).GetProperty("settings").ValueKind);
        using var refused = await viewer.PostAsync(new Uri("/api/v1/system/drain", UriKind.Relative), content: null);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task One_process_that_does_all_is_the_only_line_of_the_list()
    {
        using var admin = served.Client(served.CommandLineToken);
        var system = await GetAsync(admin, "/api/v1/system");
        var processes = system.GetProperty("processes");
        var process = Assert.Single(processes.GetProperty("items").EnumerateArray());
        Assert.Equal((1, 1, "working", "All", true), (processes.GetProperty("answering").GetInt32(), processes.GetProperty("expected").GetInt32(), process.GetProperty("state").GetString(), process.GetProperty("roles").GetString(), process.GetProperty("isThis").GetBoolean()));
        Assert.Equal((system.GetProperty("version").GetString(), Environment.MachineName), (process.GetProperty("version").GetString(), process.GetProperty("host").GetString()));
        Assert.Equal(served.Get<Data.Database>().Kind == Data.DatabaseKind.Sqlite, system.GetProperty("clock").ValueKind == JsonValueKind.Null);
        using var browser = await served.SignedInAsync();
        var page = await browser.GetStringAsync(new Uri("/system", UriKind.Relative));
        Assert.Contains($"{Environment.MachineName} (this one)", page, StringComparison.Ordinal);
        Assert.Contains("Licences of others", page, StringComparison.Ordinal);
        Assert.DoesNotContain("processes answer", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_work_is_part_of_the_program_is_told_with_its_licence()
    {
        using var admin = served.Client(served.CommandLineToken);
        Assert.Contains((await GetAsync(admin, "/api/v1/system/licences")).EnumerateArray(), line => line.GetProperty("name").GetString() == "Npgsql" && line.GetProperty("licence").GetString() == "PostgreSQL");
    }

    [Fact]
    public async Task The_last_hour_of_the_process_is_kept_and_no_more()
    {
        var recorder = new MachineRecorder(TimeProvider.System);
        for (var i = 0; i < MachineRecorder.Kept + 3; i++) await recorder.RecordAsync();
        Assert.Equal(MachineRecorder.Kept, recorder.Points().Count);
        Assert.All(recorder.Points(), point => Assert.True(point is { Processor: >= 0 and <= 1, Paused: >= 0 and <= 1, Resident: > 0 } && point.Lag >= TimeSpan.Zero));
        Assert.True(recorder.Points().Zip(recorder.Points().Skip(1)).All(pair => pair.First.At <= pair.Second.At));
    }

    [Fact]
    public async Task A_test_alarm_says_what_the_relay_said_and_stands_in_the_log_of_mail()
    {
        using var admin = served.Client(served.CommandLineToken);
        await NotifyAsync([]);
        using var nobody = await admin.PostAsync(new Uri("/api/v1/alerts/test?client=demo", UriKind.Relative), content: null);
        Assert.Equal(HttpStatusCode.BadRequest, nobody.StatusCode);
        Assert.Contains("CL9575", await nobody.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await NotifyAsync(["ops@example.org"]);
        var answer = await PostAsync(admin, "/api/v1/alerts/test?client=demo");
        Assert.True(answer.GetProperty("done").GetBoolean(), answer.GetRawText());
        Assert.Contains("ops@example.org", answer.GetProperty("text").GetString(), StringComparison.Ordinal);
        var mail = (await GetAsync(admin, "/api/v1/alerts/mail?limit=1")).GetProperty("items")[0];
        Assert.Equal("sent", mail.GetProperty("state").GetString());
        Assert.Equal("[closed-loop] TEST ALARM demo", mail.GetProperty("subject").GetString());
        Assert.Contains((await GetAsync(admin, "/api/v1/audit?limit=5")).GetProperty("items").EnumerateArray(), entry => entry.GetProperty("action").GetString() == "alert.test");
    }

    [Fact]
    public async Task Every_alarm_has_a_rule_whose_threshold_is_a_setting()
    {
        using var admin = served.Client(served.CommandLineToken);
        var settings = (await GetAsync(admin, "/api/v1/system")).GetProperty("settings").EnumerateArray().Select(line => line.GetProperty("key").GetString()).ToHashSet(StringComparer.Ordinal);
        var rules = (await GetAsync(admin, "/api/v1/alerts/rules")).EnumerateArray().ToList();
        Assert.All(rules.Select(rule => rule.GetProperty("setting").GetString()).OfType<string>(), key => Assert.Contains("ClosedLoop:" + key, settings));

        // Causes are words of the source: one that is raised and has no rule would be an alarm that nobody can look up.
        var raised = Directory.EnumerateFiles(Repository.PathOf("src", "ClosedLoop.Silo", "Watching")).Concat(Directory.EnumerateFiles(Repository.PathOf("src", "ClosedLoop.Data", "Alarms")))
            .SelectMany(file => Causes().Matches(File.ReadAllText(file)).Select(match => match.Groups["cause"].Value)).Distinct(StringComparer.Ordinal).ToList();
        Assert.InRange(raised.Count, 15, 40);
        Assert.Empty(raised.Except(rules.SelectMany(rule => rule.GetProperty("causes").EnumerateArray()).Select(cause => cause.GetString()!), StringComparer.Ordinal));
    }

    private Task<Versioned<ClientDefinition>> NotifyAsync(IReadOnlyList<string> to)
    {
        var definitions = served.Get<DefinitionStore>();
        return definitions.ApplyAsync(definitions.FindClient("demo")!.Value with { Notify = new NotifySettings { ProblemsTo = to } });
    }

    [GeneratedRegex("(new Alarm\\([^,]+, |[(?:] \\(|=> \\(|return \\()\"(?<cause>[a-z]+(-[a-z]+)*)\", ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Causes();

    private static async Task<JsonElement> GetAsync(HttpClient client, string path) => await client.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));

    private static async Task<JsonElement> PostAsync(HttpClient client, string path)
    {
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), content: null);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
