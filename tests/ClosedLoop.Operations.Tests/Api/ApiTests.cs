using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ClosedLoop.Data.Auditing;
using ClosedLoop.Operations.Api;
using ClosedLoop.Operations.Tests.Support;

namespace ClosedLoop.Operations.Tests.Api;

[Collection(ServedCollection.Name)]
public sealed class ApiTests(ServedHere served)
{
    [Fact]
    public async Task A_key_bound_to_a_client_sees_no_other()
    {
        using var other = await KeyAsync("operator", client: "demo");
        using var mine = await other.GetAsync(new Uri("/api/v1/clients/demo", UriKind.Relative));
        using var users = await other.GetAsync(new Uri("/api/v1/access/users", UriKind.Relative));
        using var sink = await other.GetAsync(new Uri("/sink", UriKind.Relative));
        using var replace = await other.PostAsync(new Uri("/api/v1/files/1/replace?path=%2Fetc%2Fpasswd", UriKind.Relative), content: null);

        Assert.Equal(HttpStatusCode.OK, mine.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, users.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, sink.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, replace.StatusCode);
    }

    [Fact]
    public async Task A_viewers_key_does_nothing()
    {
        using var viewer = await KeyAsync("viewer");
        using var answer = await viewer.PostAsync(new Uri("/api/v1/clients/demo/poll", UriKind.Relative), content: null);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("CL9501", await CodeAsync(answer));
    }

    [Fact]
    public async Task A_revoked_key_is_refused()
    {
        using var admin = served.Client(served.CommandLineToken);
        var made = await MakeAsync(admin, "viewer", client: null);
        using var program = served.Client(made.Key);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync(new Uri("/api/v1/files", UriKind.Relative))).StatusCode);
        (await admin.PostAsync(new Uri($"/api/v1/access/keys/{made.Id}/revoke", UriKind.Relative), content: null)).EnsureSuccessStatusCode();
        using var refused = await program.GetAsync(new Uri("/api/v1/files", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("CL6001", await CodeAsync(refused));
    }

    [Fact]
    public async Task A_request_sent_twice_with_one_key_acts_once()
    {
        using var admin = served.Client(served.CommandLineToken);
        var key = Guid.NewGuid().ToString();
        var before = Actions();
        using var first = await BlockAsync(admin, key, "twice@example.com");
        using var again = await BlockAsync(admin, key, "twice@example.com");
        using var other = await BlockAsync(admin, key, "other@example.com");

        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.True(again.Headers.Contains("Idempotent-Replayed"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Equal("CL9506", await CodeAsync(other));
        Assert.Equal(before + 1, Actions());

        int Actions() => served.Get<AuditStore>().Before(long.MaxValue, 1000).Count(entry => entry.Action == "recipient.block");
    }

    [Fact]
    public async Task An_action_on_what_has_changed_is_refused()
    {
        using var admin = served.Client(served.CommandLineToken);
        using var source = await admin.GetAsync(new Uri($"/api/v1/sources/{Installation.Source}", UriKind.Relative));
        var tag = source.Headers.ETag!.Tag;
        using var first = await EditAsync(admin, tag, "Another subject {{ firstname }}");
        using var second = await EditAsync(admin, tag, "A third one");

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.NotEqual(tag, first.Headers.ETag!.Tag);
        Assert.Equal(HttpStatusCode.PreconditionFailed, second.StatusCode);
        Assert.Equal("CL9505", await CodeAsync(second));
    }

    [Fact]
    public async Task A_template_that_does_not_compile_is_not_stored()
    {
        using var admin = served.Client(served.CommandLineToken);
        using var answer = await EditAsync(admin, "*", "{{ unclosed");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("CL9510", await CodeAsync(answer));
    }

    [Fact]
    public async Task A_list_is_read_page_by_page()
    {
        using var admin = served.Client(served.CommandLineToken);
        for (var i = 0; i < 3; i++) (await BlockAsync(admin, Guid.NewGuid().ToString(), $"page{i}@example.com")).EnsureSuccessStatusCode();
        var first = (await admin.GetFromJsonAsync<ApiPage<ApiAuditEntry>>(new Uri("/api/v1/audit?limit=2", UriKind.Relative)))!;
        var second = (await admin.GetFromJsonAsync<ApiPage<ApiAuditEntry>>(new Uri("/api/v1/audit?limit=2&cursor=" + first.Next, UriKind.Relative)))!;
        using var wrong = await admin.GetAsync(new Uri("/api/v1/audit?cursor=nonsense", UriKind.Relative));

        Assert.Equal(2, first.Items.Count);
        Assert.True(second.Items[0].Id < first.Items[1].Id);
        Assert.Equal("CL9508", await CodeAsync(wrong));
    }

    [Fact]
    public async Task Every_action_is_written_down_with_before_and_after()
    {
        using var admin = served.Client(served.CommandLineToken);
        (await BlockAsync(admin, Guid.NewGuid().ToString(), "audited@example.com")).EnsureSuccessStatusCode();
        var entry = served.Get<AuditStore>().Of("recipient/demo/audited@example.com", 1).Single();

        Assert.Equal(("command line", "recipient.block", true), (entry.Actor, entry.Action, entry.Done));
        Assert.Contains("\"suppressed\":[]", entry.Before, StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"blocked\"", entry.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_description_of_the_API_is_the_approved_one()
    {
        using var admin = served.Client(served.CommandLineToken);
        var document = (await admin.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative))).ReplaceLineEndings("\n").TrimEnd() + "\n";
        var approved = Repository.PathOf("tests", "ClosedLoop.Operations.Tests", "Approved", "openapi.v1.json");
        if (Environment.GetEnvironmentVariable("CLOSEDLOOP_APPROVE") == "1") await File.WriteAllTextAsync(approved, document);
        Assert.StartsWith("{\n  \"openapi\": \"3.1", document, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllTextAsync(approved), document);
    }

    private static Task<HttpResponseMessage> BlockAsync(HttpClient client, string key, string entry)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/clients/demo/blocklist/add?entry={Uri.EscapeDataString(entry)}&reason=test");
        request.Headers.Add(IdempotencyFilter.Header, key);
        return client.SendAsync(request);
    }

    private static Task<HttpResponseMessage> EditAsync(HttpClient client, string tag, string subject)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/sources/{Installation.Source}") { Content = JsonContent.Create(new ApiSourceEdit(subject, null, null, "test")) };
        request.Headers.TryAddWithoutValidation("If-Match", tag);
        return client.SendAsync(request);
    }

    private async Task<HttpClient> KeyAsync(string role, string? client = null)
    {
        using var admin = served.Client(served.CommandLineToken);
        return served.Client((await MakeAsync(admin, role, client)).Key);
    }

    private static async Task<ApiMadeKey> MakeAsync(HttpClient admin, string role, string? client)
    {
        using var made = await admin.PostAsJsonAsync("/api/v1/access/keys", new ApiNewKey("test", role, client, 1));
        made.EnsureSuccessStatusCode();
        return (await made.Content.ReadFromJsonAsync<ApiMadeKey>())!;
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return problem.RootElement.GetProperty("code").GetString();
    }
}
