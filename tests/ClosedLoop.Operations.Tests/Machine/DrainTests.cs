using System.Net.Http.Json;
using System.Text.Json;
using ClosedLoop.Operations.Tests.Support;

namespace ClosedLoop.Operations.Tests.Machine;

/// <summary>What draining means: nothing is taken up, what is begun ends, and it can be undone.</summary>
public sealed class DrainTests(ServedHere served) : IClassFixture<ServedHere>
{
    [Fact]
    public async Task A_drained_process_leaves_files_where_they_are_and_takes_them_when_that_is_undone()
    {
        using var admin = served.Client(served.CommandLineToken);
        Assert.True((await PostAsync(admin, "/api/v1/system/drain?reason=kernel")).GetProperty("done").GetBoolean());
        Assert.False((await PostAsync(admin, "/api/v1/system/drain")).GetProperty("done").GetBoolean());

        var name = served.Installation.Drop([Installation.Row("anna@example.org"), Installation.Row("ben@example.org")]);
        await PostAsync(admin, "/api/v1/clients/demo/poll");
        await Eventually.ThatAsync("the folder says why it waits", async () => (await GetAsync(admin, "/api/v1/clients/demo/zone")).GetProperty("reason").GetString()?.Contains("drained", StringComparison.Ordinal) == true);
        Assert.True(File.Exists(Path.Combine(served.Installation.Folder("in"), name)));
        var drain = (await GetAsync(admin, "/api/v1/system")).GetProperty("drain");
        Assert.True(drain.GetProperty("isOn").GetBoolean());
        Assert.Equal("kernel", drain.GetProperty("reason").GetString());
        await Eventually.ThatAsync("it is safe to stop", async () => (await GetAsync(admin, "/api/v1/system")).GetProperty("drain").GetProperty("safeToStop").GetBoolean());

        // Ready all the same: opens and clicks of mail that was sent have to go somewhere.
        using var ready = await admin.GetAsync(new Uri("/readyz", UriKind.Relative));
        Assert.True(ready.IsSuccessStatusCode);
        Assert.True((await ready.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("draining").GetBoolean());
        Assert.Contains((await GetAsync(admin, "/api/v1/overview")).GetProperty("attention").EnumerateArray(), item => item.GetRawText().Contains("drains this process", StringComparison.Ordinal));

        Assert.True((await PostAsync(admin, "/api/v1/system/resume")).GetProperty("done").GetBoolean());
        await PostAsync(admin, "/api/v1/clients/demo/poll");
        await Eventually.ThatAsync("the mailing is sent", async () => (await GetAsync(admin, "/api/v1/mailings?state=finished")).GetProperty("items").GetArrayLength() == 1);
    }

    [Fact]
    public async Task A_mailing_waits_while_the_process_is_drained_and_nobody_gets_it_twice()
    {
        using var admin = served.Client(served.CommandLineToken);
        await PostAsync(admin, "/api/v1/clients/demo/lanes/hold?seconds=600&reason=test");
        var name = served.Installation.Drop(Enumerable.Range(0, 30).Select(i => Installation.Row($"reader{i}@example.org", wave: 502)));
        await Eventually.ThatAsync("the mailing is being sent", async () => await MailingsAsync(admin, name, "sending") == 1);
        await PostAsync(admin, "/api/v1/system/drain");
        await PostAsync(admin, "/api/v1/clients/demo/lanes/open");
        await Eventually.ThatAsync("it is safe to stop", async () => (await GetAsync(admin, "/api/v1/system")).GetProperty("drain").GetProperty("safeToStop").GetBoolean());
        Assert.Equal(1, await MailingsAsync(admin, name, "sending"));

        await PostAsync(admin, "/api/v1/system/resume");
        await Eventually.ThatAsync("the mailing is finished", async () => await MailingsAsync(admin, name, "finished") == 1);
        var counts = (await GetAsync(admin, "/api/v1/mailings?state=finished")).GetProperty("items").EnumerateArray().Single(mailing => mailing.GetProperty("waveId").GetInt64() == 502).GetProperty("counts");
        Assert.Equal(30, counts.GetProperty("sent").GetInt64());
    }

    [Fact]
    public void Work_that_was_begun_is_counted_until_it_ends()
    {
        var drain = new Model.Draining.DrainSwitch(TimeProvider.System);
        using (drain.Begin("files"))
        {
            var second = drain.Begin("files");
            Assert.True(drain.On("olga", "reason"));
            Assert.True(drain.Stopping.IsCancellationRequested);
            Assert.Equal(2, drain.Working["files"]);
            second.Dispose();
            second.Dispose();
            Assert.Equal(1, drain.Working["files"]);
        }

        Assert.Empty(drain.Working);
        Assert.True(drain.Off());
        Assert.False(drain.Off());
        Assert.False(drain.Stopping.IsCancellationRequested);
    }

    private static async Task<int> MailingsAsync(HttpClient admin, string file, string state) =>
        (await GetAsync(admin, "/api/v1/mailings?state=" + state)).GetProperty("items").EnumerateArray().Count(mailing => file.Length > 0 && mailing.GetProperty("waveId").GetInt64() == 502);

    private static async Task<JsonElement> GetAsync(HttpClient client, string path) => await client.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));

    private static async Task<JsonElement> PostAsync(HttpClient client, string path)
    {
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), content: null);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
