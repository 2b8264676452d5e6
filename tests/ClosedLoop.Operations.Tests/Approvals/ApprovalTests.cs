using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ClosedLoop.Data.Access;
using ClosedLoop.Data.Auditing;
using ClosedLoop.Data.Bulk;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Notices;
using ClosedLoop.Model.Files;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Actions;
using ClosedLoop.Operations.Bulk;
using ClosedLoop.Operations.Reading;
using ClosedLoop.Operations.Tests.Support;

namespace ClosedLoop.Operations.Tests.Approvals;

/// <summary>Files that wait for approval, through every door; and who counts as the second person where it takes two.</summary>
public sealed class ApprovalTests(ServedLive served) : IClassFixture<ServedLive>
{
    private const string Password = "a long enough password";

    [Fact]
    public async Task One_person_approves_a_file_that_is_not_like_the_one_before_from_the_dashboard_with_a_reason()
    {
        await DropAsync(5, FileState.Archived, approve: true);
        var file = await DropAsync(2, FileState.AwaitingApproval);
        using var client = await served.SignedInAsync();
        var overview = await client.GetStringAsync(new Uri("/", UriKind.Relative));
        Assert.Contains($"action=\"/files/{file.FileId}/approve\"", overview, StringComparison.Ordinal);
        Assert.Contains("None of its 2 recipients is mailed before somebody decides", overview, StringComparison.Ordinal);

        Assert.Contains("CL9592", await PressAsync(client, file, reason: null), StringComparison.Ordinal);
        Assert.Equal(FileState.AwaitingApproval, Find(file).State);
        Assert.Contains("is approved and goes on", await PressAsync(client, file, "the others have left"), StringComparison.Ordinal);
        await EndedAsync(file);
        var entry = served.Get<AuditStore>().Of(FileRegister.SubjectOf(file.FileId), 9).First(found => found.Action == "file.approve" && found.Done);
        Assert.Equal(("local", "the others have left"), (entry.Actor, entry.Reason));
        Assert.Contains("\"state\":\"awaitingApproval\"", entry.Before, StringComparison.Ordinal);
        Assert.Contains("rows: -", entry.Before, StringComparison.Ordinal);
        Assert.Contains("\"imported\":2", entry.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_reaches_many_takes_two_users_and_no_link_key_or_command_line_is_the_second()
    {
        var file = await DropAsync(ServedLive.TwoPeopleAbove + 1, FileState.AwaitingApproval);
        using var commandLine = served.Client(served.CommandLineToken);
        using var link = await served.SignedInAsync();
        using var machine = served.Client(await KeyAsync(new Caller("command line", OperatorRole.Admin, "command line", null, "1")));
        foreach (var nobody in new[] { commandLine, machine }) Assert.StartsWith("CL9590", await ApproveAsync(nobody, file), StringComparison.Ordinal);
        Assert.Contains("CL9590", await PressAsync(link, file, "so it is"), StringComparison.Ordinal);

        using var anna = await UserAsync("Anna");
        Assert.Contains("another person has to", await PressAsync(anna, file, "so it is"), StringComparison.Ordinal);
        Assert.Contains("Approved by anna", await anna.GetStringAsync(new Uri($"/files/{file.FileId}", UriKind.Relative)), StringComparison.Ordinal);
        using var annasKey = served.Client(await KeyAsync(new Caller("anna", OperatorRole.Admin, "dashboard", null, "1") { Person = "anna" }));
        Assert.StartsWith("CL9591", await ApproveAsync(annasKey, file), StringComparison.Ordinal);
        await JobAsync("bert", file);
        Assert.Equal(FileState.AwaitingApproval, Find(file).State);
        var shown = (await commandLine.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/files/{file.FileId}", UriKind.Relative))).GetProperty("approvals");
        Assert.Equal(["anna"], shown.EnumerateArray().Select(approval => approval.GetProperty("person").GetString()));

        using var bert = await UserAsync("bert");
        using var bertsKey = served.Client(await KeyAsync(new Caller("bert", OperatorRole.Operator, "dashboard", null, "1") { Person = "bert" }));
        await served.Get<UserStore>().ChangeAsync("bert", disabled: true);
        Assert.StartsWith("CL9590", await ApproveAsync(bertsKey, file), StringComparison.Ordinal);
        await served.Get<UserStore>().ChangeAsync("bert", disabled: false);
        Assert.EndsWith("is approved and goes on", await ApproveAsync(bertsKey, file), StringComparison.Ordinal);
        await EndedAsync(file);
        Assert.Equal(ServedLive.TwoPeopleAbove + 1, Find(file).Imported);
    }

    [Fact]
    public async Task It_is_decided_on_what_was_seen_and_once_for_a_request()
    {
        var file = await DropAsync(ServedLive.TwoPeopleAbove + 2, FileState.AwaitingApproval);
        using var client = served.Client(served.CommandLineToken);
        using var seen = await client.GetAsync(new Uri($"/api/v1/files/{file.FileId}", UriKind.Relative));
        var key = Guid.NewGuid().ToString();
        using var first = await SendAsync(client, $"/api/v1/files/{file.FileId}/discard", tag: null, key);
        Assert.Contains("\"done\":true", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var again = await SendAsync(client, $"/api/v1/files/{file.FileId}/discard", tag: null, key);
        Assert.True(again.Headers.Contains("Idempotent-Replayed"));
        using var late = await SendAsync(client, $"/api/v1/files/{file.FileId}/approve?reason=x", seen.Headers.ETag!.Tag, key: null);
        Assert.Equal(HttpStatusCode.PreconditionFailed, late.StatusCode);
        Assert.Equal(FileState.Discarded, Find(file).State);
    }

    [Fact]
    public async Task Rows_are_not_tried_where_there_is_no_sink()
    {
        var file = await DropAsync(1, FileState.Archived, approve: true);
        using var client = served.Client(served.CommandLineToken);
        using var answer = await client.PostAsync(new Uri($"/api/v1/files/{file.FileId}/rows/1/replay", UriKind.Relative), content: null);
        Assert.Equal((HttpStatusCode.Conflict, "CL9581"), (answer.StatusCode, await CodeAsync(answer)));
        using var browser = await served.SignedInAsync();
        Assert.DoesNotContain("Send test of rows", await browser.GetStringAsync(new Uri($"/files/{file.FileId}?row=1", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_sent_a_file_is_told_why_it_is_given_up_when_the_box_is_ticked()
    {
        var file = await DropAsync(ServedLive.TwoPeopleAbove + 3, FileState.AwaitingApproval);
        var path = string.Create(CultureInfo.InvariantCulture, $"/files/{file.FileId}");
        using var browser = await served.SignedInAsync();
        using var page = await browser.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Contains("mail the reason to night@example.org", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var pressed = await browser.PostAsync(new Uri(path + "/discard", UriKind.Relative), await FormText.OfAsync(page, ("reason", "wrong month"), ("tell", "true"), ("back", path)));
        Assert.Equal(FileState.Discarded, Find(file).State);
        var told = Assert.Single(served.Get<NoticeLog>().Of(string.Create(CultureInfo.InvariantCulture, $"file/{file.FileId}/rejected")));
        Assert.Equal(("night@example.org", $"[closed-loop] REJECTED {file.Name}"), (told.Address, told.Subject));
        Assert.Contains(served.Get<AuditStore>().Of(FileRegister.SubjectOf(file.FileId), 9), entry => entry is { Action: "file.reject", Done: true, Reason: "wrong month" });
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string path, string? tag, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        if (tag is not null) request.Headers.Add("If-Match", tag);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }

    private static async Task<string> ApproveAsync(HttpClient client, InboundFile file)
    {
        using var answer = await client.PostAsync(new Uri($"/api/v1/files/{file.FileId}/approve?reason=so+it+is", UriKind.Relative), content: null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("text").GetString()!;
    }

    /// <summary>Presses the button on the file's page; the page that follows says what came of it.</summary>
    private static async Task<string> PressAsync(HttpClient client, InboundFile file, string? reason)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/files/{file.FileId}");
        using var page = await client.GetAsync(new Uri(path, UriKind.Relative));
        using var answer = await client.PostAsync(new Uri(path + "/approve", UriKind.Relative), await FormText.OfAsync(page, ("reason", reason ?? ""), ("back", path)));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return WebUtility.HtmlDecode(await client.GetStringAsync(new Uri(path, UriKind.Relative)));
    }

    private async Task JobAsync(string actor, InboundFile file)
    {
        var store = served.Get<BulkStore>();
        var id = await store.AddAsync(new BulkJob { Kind = "files.approve", Actor = actor, Origin = "dashboard", Reason = "all of them" }, [file.FileId.ToString(CultureInfo.InvariantCulture)]);
        served.Get<BulkRunner>().Begin(id);
        await Eventually.ThatAsync("end of the job", () => store.Find(id)!.State == BulkState.Finished);
        Assert.Equal(1, store.Counts(id)[BulkOutcome.Unchanged]);
    }

    private async Task<HttpClient> UserAsync(string name)
    {
        await served.Get<UserStore>().AddAsync(name, OperatorRole.Operator, PasswordHash.Of(Password));
        var client = served.Client();
        using var page = await client.GetAsync(new Uri("/login", UriKind.Relative));
        using var answer = await client.PostAsync(new Uri("/login", UriKind.Relative), await FormText.OfAsync(page, ("name", name), ("password", Password)));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return client;
    }

    private async Task<string> KeyAsync(Caller maker) => (await served.Get<AccessActions>().AddKeyAsync(maker, "a key", "operator", client: null, days: 1)).Key!;

    /// <summary>Drops a file of so many people whom no file had before, and waits for what becomes of it.</summary>
    private async Task<InboundFile> DropAsync(int rows, FileState state, bool approve = false)
    {
        var name = served.Installation.NextName();
        served.Installation.Drop(Enumerable.Range(0, rows).Select(i => Installation.Row($"{name[..14]}.{i}@example.org")), name);
        await Eventually.ThatAsync("file taken in", () => served.Get<FileRegister>().Latest(1) is [{ } file] && file.Name == name && (file.State == state || (approve && file.IsHeld)));

        // It waits a moment before the folder has done with it, and until then nobody can decide on it.
        await Eventually.ThatAsync("end of the work on it", async () =>
        {
            served.Get<Figures>().Forget();
            return (await served.Get<ZonesReader>().AllAsync(clientId: null)).All(zone => zone.Status is { CurrentFile: null });
        });
        var found = served.Get<FileRegister>().Latest(1)[0];
        if (!found.IsHeld || !approve) return found;
        using var client = served.Client(served.CommandLineToken);
        await ApproveAsync(client, found);
        await EndedAsync(found);
        return Find(found);
    }

    private Task EndedAsync(InboundFile file) => Eventually.ThatAsync("file gone on", () => Find(file).State == FileState.Archived);

    private InboundFile Find(InboundFile file) => served.Get<FileRegister>().Find(file.FileId)!;
}
