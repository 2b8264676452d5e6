using System.Net;
using System.Text.Json;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Commands;

/// <summary>Verbs that do what a button of the dashboard does, with a stand-in for the service, and one that compares files without it.</summary>
[Collection("console and environment")]
public sealed class TwinTests : StoreCommandTests
{
    private const string Row = """{"row":2,"looked":4,"isWhole":true,"mailing":71,"sequence":1,"address":"bob@example.org","isFrozen":true,"subject":"Hello Bob","html":"<p>Grüße</p>","text":"Dear Bob\n","fault":null}""";

    [Fact]
    public async Task A_mailing_is_replayed_into_the_sink()
    {
        using var service = new OperatorStub(Stores.Settings, """{"done":true,"text":"3 of 3 messages lie in the sink once more"}""");
        Assert.Equal("3 of 3 messages lie in the sink once more", (await RunAsync("mailings", "replay", "71", "--recipients", "3", "--reason", "a look")).Out.Trim());
        Assert.True((await RunAsync("mailings", "replay", "71", "--json")).Json().GetProperty("done").GetBoolean());
        Assert.Equal(["POST /api/v1/mailings/71/replay?recipients=3&reason=a%20look", "POST /api/v1/mailings/71/replay?recipients=20"], service.Asked);
    }

    [Theory]
    [InlineData("CL9581", 8)]
    [InlineData("CL9507", 5)]
    public async Task A_conflict_that_stays_is_a_refusal_and_one_that_passes_is_worth_another_try(string code, int exit)
    {
        using var service = new OperatorStub(Stores.Settings, $$"""{"title":"{{code}}: as it is","status":409}""", HttpStatusCode.Conflict);
        var run = await RunAsync("mailings", "replay", "71");
        Assert.Equal(exit, run.ExitCode);
        Assert.StartsWith(code, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_domain_is_flushed_for_one_client_or_for_all()
    {
        await Stores.Get<Data.Clients.DefinitionStore>().ApplyAsync(SiloStores.Client with { Id = 10, Key = "elm" });
        using var service = new OperatorStub(Stores.Settings, """{"done":true,"text":"7 recipients are tried now and not later"}""");
        Assert.Equal(0, (await RunAsync("queues", "flush", "--domain", "example.org", "--reason", "mended")).ExitCode);
        Assert.Equal(0, (await RunAsync("queues", "flush", "--client", "oak")).ExitCode);
        Assert.Equal(2, (await RunAsync("queues", "flush")).ExitCode);
        Assert.Equal(
            ["POST /api/v1/clients/elm/lanes/flush?domain=example.org&reason=mended", "POST /api/v1/clients/oak/lanes/flush?", "POST /api/v1/clients/oak/lanes/flush?domain=example.org&reason=mended"],
            service.Asked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nobody_to_flush_is_9_only_when_that_is_wanted()
    {
        using var service = new OperatorStub(Stores.Settings, """{"done":false,"text":"nobody waits for a later time"}""");
        var run = await RunAsync("queues", "flush", "--client", "oak");
        Assert.Equal((0, "nobody waits for a later time"), (run.ExitCode, run.Out.Trim()));
        Assert.Equal(9, (await RunAsync("queues", "flush", "--client", "oak", "--fail-if-empty")).ExitCode);
    }

    [Fact]
    public async Task A_row_is_shown_as_the_mail_it_becomes()
    {
        using var service = new OperatorStub(Stores.Settings, Row);
        var html = Path.Combine(Folder.Path, "row.html");
        var text = await RunAsync("files", "row", "5", "2", "--html", html);
        Assert.Equal(0, text.ExitCode);
        Assert.Contains("subject: Hello Bob", text.Out, StringComparison.Ordinal);
        Assert.Contains("Dear Bob", text.Out, StringComparison.Ordinal);
        Assert.Equal("<p>Grüße</p>", await File.ReadAllTextAsync(html));
        var json = (await RunAsync("files", "row", "5", "2", "--json")).Json();
        Assert.Equal(("closedloop.cli/v1", 2, "bob@example.org", true), (json.GetProperty("schema").GetString(), json.GetProperty("row").GetInt32(), json.GetProperty("address").GetString(), json.GetProperty("isFrozen").GetBoolean()));
        Assert.All(service.Asked, asked => Assert.Equal("GET /api/v1/files/5/rows/2", asked));
    }

    [Fact]
    public async Task The_first_row_with_an_empty_column_is_found_and_put_into_the_sink()
    {
        using (var service = new OperatorStub(Stores.Settings, Row))
        {
            Assert.Contains("bob@example.org", (await RunAsync("files", "row", "5", "--empty", "first name")).Out, StringComparison.Ordinal);
            Assert.Equal(["GET /api/v1/files/5/rows/first-empty?column=first%20name&from=1", "GET /api/v1/files/5/rows/2"], service.Asked);
        }

        using var sink = new OperatorStub(Stores.Settings, """{"done":true,"text":"10 of 10 messages lie in the sink as a test"}""");
        Assert.Equal("10 of 10 messages lie in the sink as a test", (await RunAsync("files", "row", "5", "3", "--to-sink", "--rows", "10", "--reason", "look")).Out.Trim());
        Assert.Equal("POST /api/v1/files/5/rows/3/replay?rows=10&reason=look", Assert.Single(sink.Asked));
    }

    [Theory]
    [InlineData("""{"row":null,"looked":100000,"isWhole":false}""", 0, "search on from a later row")]
    [InlineData("""{"row":null,"looked":4,"isWhole":true}""", 9, "no row has an empty city", "--fail-if-empty")]
    [InlineData("""{"row":2,"mailing":71,"address":"b@example.org","fault":"city is needed"}""", 6, "CL9697: no mail can be made of row 2: city is needed")]
    [InlineData("""{"row":2,"mailing":71,"address":"b@example.org","subject":"S","text":"T"}""", 4, "CL9698", "--html", "nowhere.html")]
    public async Task What_a_row_does_not_become_is_told(string answer, int exit, string said, params string[] more)
    {
        using var service = new OperatorStub(Stores.Settings, answer);
        var run = await RunAsync(["files", "row", "5", "--empty", "city", .. more]);
        Assert.Equal(exit, run.ExitCode);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists("nowhere.html"));
    }

    [Fact]
    public async Task Who_sent_a_file_is_told_only_with_a_reason()
    {
        using var service = new OperatorStub(Stores.Settings, """{"done":true,"text":"was discarded; 1 told why by mail"}""");
        Assert.Equal(2, (await RunAsync("files", "discard", "5", "--tell")).ExitCode);
        Assert.Equal(0, (await RunAsync("files", "discard", "5", "--tell", "--reason", "wrong month")).ExitCode);
        Assert.Equal(0, (await RunAsync("files", "discard", "5")).ExitCode);
        Assert.Equal(["POST /api/v1/files/5/discard?tell=true&reason=wrong%20month", "POST /api/v1/files/5/discard?tell=false"], service.Asked);
    }

    [Fact]
    public async Task A_file_is_compared_with_the_one_before()
    {
        await Stores.MailingAsync(5);
        await Stores.MailingAsync(3, fileId: 2);
        var json = (await RunAsync("files", "compare", "2", "--json")).Json();
        Assert.Equal((2, 1, 0, 2), (json.GetProperty("file").GetProperty("id").GetInt32(), json.GetProperty("previous").GetProperty("id").GetInt32(), json.GetProperty("new").GetInt32(), json.GetProperty("gone").GetInt32()));
        Assert.Equal((JsonValueKind.Null, 0), (json.GetProperty("sampled").ValueKind, json.GetProperty("columns").GetArrayLength()));
        var text = (await RunAsync("files", "compare", "2")).Out;
        Assert.Contains("imported  5 before, 3 now (-40.0 %)", text, StringComparison.Ordinal);
        Assert.Contains("people    0 new, 2 gone", text, StringComparison.Ordinal);

        Stores.Execute("UPDATE mailing SET purged_at = 1 WHERE file_id = 1");
        Assert.Contains("people    cannot be compared", (await RunAsync("files", "compare", "2")).Out, StringComparison.Ordinal);
        var first = await RunAsync("files", "compare", "1");
        Assert.Equal(4, first.ExitCode);
        Assert.StartsWith("CL9509", first.Error, StringComparison.Ordinal);
        Assert.Equal(4, (await RunAsync("files", "compare", "77")).ExitCode);
    }
}
