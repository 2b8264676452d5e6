using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ClosedLoop.Data.Auditing;
using ClosedLoop.Data.Bulk;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Operations.Actions;
using ClosedLoop.Operations.Api;
using ClosedLoop.Operations.Bulk;
using ClosedLoop.Operations.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosedLoop.Operations.Tests.Bulk;

[Collection(ServedCollection.Name)]
public sealed class BulkTests(ServedHere served)
{
    [Fact]
    public async Task Many_addresses_are_suppressed_in_the_background_and_taken_back_but_for_those_that_were_so_before()
    {
        using var admin = served.Client(served.CommandLineToken);
        (await admin.PostAsync(new Uri("/api/v1/clients/demo/blocklist/add?entry=bulk2@example.com&reason=before", UriKind.Relative), content: null)).EnsureSuccessStatusCode();
        var started = await StartAsync(admin, new ApiNewBulk(BulkKind.Block, ["bulk1@example.com", "BULK2@example.com", "no address", "bulk1@EXAMPLE.com", "bulk3@example.com"], "wrong import", "demo", null));
        Assert.Equal((3, 3), (started.Total, started.People));
        Assert.Equal(["no address"], started.Refused);

        var job = await EndedAsync(admin, started.Id!.Value);
        Assert.Equal((2, 1, 0, 0, 0), (job.Changed, job.Unchanged, job.Refused, job.Begun, job.Waiting));
        Assert.Equal([true, true, true], Blocked("bulk1@example.com", "bulk2@example.com", "bulk3@example.com"));
        Assert.Equal($"wrong import (job {started.Id})", served.Get<AuditStore>().Of("recipient/demo/bulk1@example.com", 1).Single().Reason);

        using var undone = await admin.PostAsync(new Uri($"/api/v1/bulk/{started.Id}/undo", UriKind.Relative), content: null);
        undone.EnsureSuccessStatusCode();
        var undo = served.Get<BulkStore>().UndoOf(started.Id.Value)!;
        Assert.Equal(2, (await EndedAsync(admin, undo.Id)).Changed);
        Assert.Equal([false, true, false], Blocked("bulk1@example.com", "bulk2@example.com", "bulk3@example.com"));

        using var again = await admin.PostAsync(new Uri($"/api/v1/bulk/{started.Id}/undo", UriKind.Relative), content: null);
        Assert.Contains("already", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counting_changes_nothing()
    {
        using var admin = served.Client(served.CommandLineToken);
        var counted = await StartAsync(admin, new ApiNewBulk(BulkKind.Block, ["counted@example.com"], null, "demo", DryRun: true));
        Assert.Equal((null, 1L), (counted.Id, counted.Total));
        Assert.Equal([false], Blocked("counted@example.com"));
    }

    [Theory]
    [InlineData("people.block", "demo", 10_001, "why", HttpStatusCode.BadRequest, "CL9564")]
    [InlineData("people.block", "demo", 1, " ", HttpStatusCode.BadRequest, "CL9564")]
    [InlineData("people.block", "demo", 0, "why", HttpStatusCode.BadRequest, "CL9564")]
    [InlineData("people.block", "nobody", 1, "why", HttpStatusCode.NotFound, "CL2005")]
    [InlineData("files.shred", "demo", 1, "why", HttpStatusCode.BadRequest, "CL9564")]
    [InlineData("files.discard", null, 1, "why", HttpStatusCode.BadRequest, "CL9564")]
    public async Task What_cannot_begin_says_why(string kind, string? client, int count, string reason, HttpStatusCode status, string code)
    {
        using var admin = served.Client(served.CommandLineToken);
        using var answer = await admin.PostAsJsonAsync("/api/v1/bulk", new ApiNewBulk(kind, [.. Enumerable.Range(0, count).Select(i => $"many{i}@example.com")], reason, client, null));
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(code, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_whose_process_ended_is_gone_on_with_and_what_was_begun_is_not_done_twice()
    {
        var store = served.Get<BulkStore>();
        var id = await store.AddAsync(new BulkJob { Kind = BulkKind.Block, Client = "demo", Actor = "ada", Origin = "dashboard", Reason = "cut off" }, ["cut1@example.com", "cut2@example.com"]);
        Assert.True(await store.TakeAsync(id, 1));
        using var next = new BulkRunner(store, served.Get<FileActions>(), served.Get<MailingActions>(), served.Get<RecipientActions>(), NullLogger<BulkRunner>.Instance);
        await next.StartAsync(CancellationToken.None);
        await Eventually.ThatAsync("job is finished", () => store.Find(id)!.State == BulkState.Finished);
        await next.StopAsync(CancellationToken.None);

        var counts = store.Counts(id);
        Assert.Equal((1, 1), (counts[BulkOutcome.Begun], counts[BulkOutcome.Changed]));
        Assert.Equal([false, true], Blocked("cut1@example.com", "cut2@example.com"));
    }

    [Fact]
    public async Task What_cannot_be_taken_back_says_so_before_and_after()
    {
        using var client = await served.SignedInAsync();
        var store = served.Get<BulkStore>();
        var id = await store.AddAsync(new BulkJob { Kind = "files.discard", Actor = "ada", Origin = "dashboard", Reason = "x" }, ["1"]);
        await store.CloseAsync(id, BulkState.Stopped);
        using var page = await client.GetAsync(new Uri($"/bulk/{id}", UriKind.Relative));
        using var answer = await client.PostAsync(new Uri($"/bulk/{id}/undo", UriKind.Relative), await FormText.OfAsync(page));
        Assert.Contains("CL9565", await client.GetStringAsync(answer.Headers.Location), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_one_client_sees_no_job_of_another_and_a_viewer_starts_none()
    {
        using var admin = served.Client(served.CommandLineToken);
        var id = await served.Get<BulkStore>().AddAsync(new BulkJob { Kind = "files.discard", Actor = "ada", Origin = "dashboard", Reason = "x" }, ["1"]);
        await served.Get<BulkStore>().CloseAsync(id, BulkState.Stopped);
        using var bound = served.Client(await KeyAsync(admin, "operator", "demo"));
        using var viewer = served.Client(await KeyAsync(admin, "viewer", client: null));
        Assert.Equal(HttpStatusCode.NotFound, (await bound.GetAsync(new Uri($"/api/v1/bulk/{id}", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await bound.PostAsync(new Uri($"/api/v1/bulk/{id}/undo", UriKind.Relative), content: null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await viewer.GetAsync(new Uri($"/api/v1/bulk/{id}", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.PostAsJsonAsync("/api/v1/bulk", new ApiNewBulk(BulkKind.Block, ["a@example.com"], "x", "demo", null))).StatusCode);
    }

    private bool[] Blocked(params string[] addresses) => [.. addresses.Select(address => served.Get<Blocklist>().Addresses(served.Get<DefinitionStore>().FindClient("demo")!.Value.Id).Contains(address, StringComparer.Ordinal))];

    private static async Task<ApiBulkStarted> StartAsync(HttpClient client, ApiNewBulk asked)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1/bulk", asked);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<ApiBulkStarted>())!;
    }

    private static async Task<ApiBulk> EndedAsync(HttpClient client, long id)
    {
        ApiBulk? job = null;
        await Eventually.ThatAsync("job is finished", async () =>
        {
            job = await client.GetFromJsonAsync<ApiBulk>(new Uri($"/api/v1/bulk/{id}", UriKind.Relative), JsonSerializerOptions.Web);
            return job!.State == "finished";
        });
        return job!;
    }

    private static async Task<string> KeyAsync(HttpClient admin, string role, string? client)
    {
        using var made = await admin.PostAsJsonAsync("/api/v1/access/keys", new ApiNewKey("bulk", role, client, 1));
        made.EnsureSuccessStatusCode();
        return (await made.Content.ReadFromJsonAsync<ApiMadeKey>())!.Key;
    }
}
