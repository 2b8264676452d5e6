using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ClosedLoop.Data;
using ClosedLoop.Operations.Tests.Support;

namespace ClosedLoop.Operations.Tests.Api;

/// <summary>A closer look at a file: its form, its rows as mails, the one before it.</summary>
[Collection(ServedCollection.Name)]
public sealed class FileLookTests(ServedHere served)
{
    [Fact]
    public async Task A_row_is_shown_as_the_mail_it_became_and_the_first_empty_one_is_found()
    {
        using var viewer = served.Client(served.CommandLineToken);
        var (file, _) = await Imports.AddAsync(served, "20300201000000_subscribers.csv", [("ann@example.com", "Ann"), ("bob@example.com", ""), ("cid@example.com", "Cid"), ("dot@example.com", "")]);
        var row = await GetAsync(viewer, $"/api/v1/files/{file}/rows/3");
        Assert.Equal(("cid@example.com", "Hello Cid", true), (row.GetProperty("address").GetString(), row.GetProperty("subject").GetString(), row.GetProperty("isFrozen").GetBoolean()));
        Assert.Contains("Dear Cid", row.GetProperty("html").GetString(), StringComparison.Ordinal);

        Assert.Equal(2, (await GetAsync(viewer, $"/api/v1/files/{file}/rows/first-empty?column=firstname")).GetProperty("row").GetInt64());
        Assert.Equal(4, (await GetAsync(viewer, $"/api/v1/files/{file}/rows/first-empty?column=firstname&from=3")).GetProperty("row").GetInt64());
        var none = await GetAsync(viewer, $"/api/v1/files/{file}/rows/first-empty?column=email");
        Assert.Equal((JsonValueKind.Null, 4L, true), (none.GetProperty("row").ValueKind, none.GetProperty("looked").GetInt64(), none.GetProperty("isWhole").GetBoolean()));
        Assert.Equal(HttpStatusCode.NotFound, (await viewer.GetAsync(new Uri($"/api/v1/files/{file}/rows/5", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await viewer.GetAsync(new Uri($"/api/v1/files/{file}/rows/0", UriKind.Relative))).StatusCode);

        using var browser = await served.SignedInAsync();
        var page = await browser.GetStringAsync(new Uri($"/files/{file}?empty=firstname", UriKind.Relative));
        Assert.Contains("bob@example.com", page, StringComparison.Ordinal);
        Assert.Contains($"/files/{file}?row=3#preview", page, StringComparison.Ordinal);
        using var mail = await browser.GetAsync(new Uri($"/files/{file}/rows/3/html", UriKind.Relative));
        Assert.Contains("sandbox", mail.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_and_gone_people_and_changed_columns_are_told_against_the_file_before()
    {
        using var viewer = served.Client(served.CommandLineToken);
        await Imports.AddAsync(served, "20300202000000_subscribers.csv", [("a1@example.com", "A"), ("a2@example.com", "A"), ("a3@example.com", "A")]);
        var (file, _) = await Imports.AddAsync(served, "20300203000000_subscribers.csv", [("A2@example.com", "A"), ("a3@example.com", ""), ("a4@example.com", "A"), ("a5@example.com", "A")]);
        var found = await ComparisonAsync(viewer, file);
        Assert.Equal((2L, 1L, JsonValueKind.Null), (found.GetProperty("new").GetInt64(), found.GetProperty("gone").GetInt64(), found.GetProperty("sampled").ValueKind));
        var change = Assert.Single(found.GetProperty("columns").EnumerateArray());
        Assert.Equal(("firstname", 0.0, 25.0), (change.GetProperty("name").GetString(), change.GetProperty("emptyBefore").GetDouble(), change.GetProperty("emptyNow").GetDouble()));
        Assert.All((await GetAsync(viewer, $"/api/v1/files/{file}/profile")).EnumerateArray(), line => Assert.True(line.GetProperty("fits").GetBoolean()));
    }

    [Fact]
    public async Task A_file_that_nobody_has_let_go_yet_is_looked_at_all_the_same()
    {
        using var viewer = served.Client(served.CommandLineToken);
        await Imports.AddAsync(served, "20300203235959_subscribers.csv", [("g1@example.com", "Gus")]);
        var (file, mailing) = await Imports.AddAsync(served, "20300204000000_subscribers.csv", [("h1@example.com", "Hal"), ("h2@example.com", "Hel")]);
        await served.Get<LedgerWriter>().WriteAsync(context =>
        {
            context.Execute("UPDATE mailing SET state = 0, accepted = 0, content_hash = NULL WHERE mailing_id = $1", mailing.MailingId);
            context.Execute("UPDATE inbound_file SET state = 8, imported = 0 WHERE file_id = $1", file);
        });
        var row = await GetAsync(viewer, $"/api/v1/files/{file}/rows/2");
        Assert.Equal(("h2@example.com", false), (row.GetProperty("address").GetString(), row.GetProperty("isFrozen").GetBoolean()));
        Assert.Equal(2, (await ComparisonAsync(viewer, file)).GetProperty("new").GetInt64());
    }

    private static async Task<JsonElement> ComparisonAsync(HttpClient client, long file)
    {
        JsonElement found = default;
        await Eventually.ThatAsync("comparison", async () => !(found = await GetAsync(client, $"/api/v1/files/{file}/comparison")).GetProperty("isCounting").GetBoolean());
        return found;
    }

    private static Task<JsonElement> GetAsync(HttpClient client, FormattableString path) => client.GetFromJsonAsync<JsonElement>(new Uri(FormattableString.Invariant(path), UriKind.Relative));
}
