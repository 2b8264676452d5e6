using System.Net;
using System.Text.Json;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Commands;

/// <summary>Verbs that show what the dashboard shows, with no service running, and verbs that ask a stand-in for it.</summary>
[Collection("console and environment")]
public sealed class VerbTests : StoreCommandTests
{
    [Fact]
    public async Task A_mailing_is_shown_with_counts_domains_and_reasons()
    {
        var mailing = await Stores.MailingAsync(5);
        await Stores.SettleAsync(mailing, RecipientState.Sent, 0, 1, 2);
        await Stores.SettleAsync(mailing, RecipientState.Failed, 3);
        var id = Text(mailing.MailingId);

        var json = (await RunAsync("mailings", "show", id, "--json")).Json();
        Assert.Equal("closedloop.cli/v1", json.GetProperty("schema").GetString());
        Assert.Equal((mailing.MailingId, 3, 1, 1), (json.GetProperty("mailing").GetProperty("id").GetInt64(), Count("sent"), Count("failed"), Count("waiting")));
        Assert.Equal(("example.org", 5), (Only("domains").GetProperty("domain").GetString(), Only("domains").GetProperty("recipients").GetInt32()));
        Assert.Equal("failed", Only("reasons").GetProperty("state").GetString());
        var text = await RunAsync("mailings", "show", id);
        Assert.Equal(0, text.ExitCode);
        Assert.Contains("accepted  5 = waiting 1 + sending 0 + sent 3 + failed 1", text.Out, StringComparison.Ordinal);

        int Count(string state) => json.GetProperty("mailing").GetProperty("counts").GetProperty(state).GetInt32();
        JsonElement Only(string list) => Assert.Single(json.GetProperty(list).EnumerateArray());
    }

    [Fact]
    public async Task A_file_is_shown_with_what_was_found_in_it_and_its_mailings()
    {
        var mailing = await Stores.MailingAsync(5);
        Stores.Execute("INSERT INTO file_problem (file_id, ordinal, code, step, line, record, \"column\", message) VALUES (1, 0, 'E201', 'Read', 7, 6, 2, 'no address')");

        var json = (await RunAsync("files", "show", "1", "--json")).Json();
        Assert.Equal(("oak", 7, 5), (json.GetProperty("file").GetProperty("client").GetString(), json.GetProperty("file").GetProperty("records").GetInt32(), json.GetProperty("file").GetProperty("imported").GetInt32()));
        Assert.Equal(7, Assert.Single(json.GetProperty("problems").EnumerateArray()).GetProperty("line").GetInt32());
        Assert.Equal(mailing.MailingId, Assert.Single(json.GetProperty("mailings").EnumerateArray()).GetProperty("id").GetInt64());
        Assert.Contains("7 = 5 imported + 2 skipped", (await RunAsync("files", "show", "1")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_runs_and_responses_are_listed_and_shown()
    {
        var mailing = await Stores.MailingAsync(2);
        await Stores.SettleAsync(mailing, RecipientState.Sent, 0);
        Stores.Execute(
            "INSERT INTO export_run (run_id, scope, label, cut_from, cut_to, published, manifest, recorded) VALUES (3, '9', '20260302', 0, $1, 1, $2, $1)",
            Stores.Now, """{"files":[{"table":"clicks","name":"20260302_clicks.csv","rows":4,"bytes":99,"sha256":"ab"}]}""");
        Stores.Execute(
            "INSERT INTO response (client_id, mailing_id, sequence, ordinal, category, origin, detail, occurred_at, recorded) VALUES (9, $1, 0, 0, $3, 'dsn', '5.1.1 unknown', $2, $2)",
            mailing.MailingId, Stores.Now, (int)Model.Responses.ResponseCategory.FatalBounce);

        var run = Assert.Single((await RunAsync("exports", "ls", "--client", "oak", "--json")).Json().GetProperty("exports").EnumerateArray());
        Assert.Equal((3, "oak", true), (run.GetProperty("id").GetInt32(), run.GetProperty("client").GetString(), run.GetProperty("published").GetBoolean()));
        Assert.Contains("20260302_clicks.csv  4 rows, 99 bytes  ab", (await RunAsync("exports", "show", "3")).Out, StringComparison.Ordinal);

        var response = Assert.Single((await RunAsync("responses", "ls", "--json")).Json().GetProperty("responses").EnumerateArray());
        Assert.Equal(("Reader.0@example.org", "fatalBounce"), (response.GetProperty("address").GetString(), response.GetProperty("category").GetString()));
        Assert.Contains("hard bounce", (await RunAsync("responses", "ls")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("files", "show", "77")]
    [InlineData("mailings", "show", "77")]
    [InlineData("exports", "show", "77")]
    [InlineData("exports", "ls", "--client", "nobody")]
    [InlineData("responses", "ls", "--client", "nobody")]
    public async Task What_does_not_exist_is_4(params string[] args)
    {
        var run = await RunAsync(args);
        Assert.True(run.ExitCode == 4, run.Error);
    }

    [Theory]
    [InlineData(0, "files", "ls")]
    [InlineData(0, "mailings", "ls")]
    [InlineData(0, "exports", "ls")]
    [InlineData(0, "responses", "ls")]
    [InlineData(0, "responses", "unmatched")]
    [InlineData(0, "queues", "ls")]
    [InlineData(0, "orders", "ls")]
    [InlineData(0, "orders", "deliveries")]
    [InlineData(0, "orders", "locks", "oak")]
    [InlineData(0, "users", "ls")]
    [InlineData(0, "keys", "ls")]
    [InlineData(0, "blocklist", "ls", "--client", "oak")]
    [InlineData(0, "untracked", "ls", "--client", "oak")]
    [InlineData(4, "recipients", "ls", "77")]
    public async Task An_empty_list_is_9_only_when_that_is_wanted(int otherwise, params string[] args)
    {
        Assert.Equal(otherwise, (await RunAsync(args)).ExitCode);
        Assert.Equal(9, (await RunAsync([.. args, "--fail-if-empty"])).ExitCode);
        Assert.Equal(9, (await RunAsync([.. args, "--fail-if-empty", "--json"])).ExitCode);
    }

    [Fact]
    public async Task A_list_that_is_not_empty_is_0()
    {
        await Stores.MailingAsync(1);
        Assert.Equal(0, (await RunAsync("mailings", "ls", "--fail-if-empty")).ExitCode);
    }

    [Fact]
    public async Task Retry_failed_says_why_and_tells_how_many()
    {
        var mailing = await Stores.MailingAsync(1, state: MailingState.Finished);
        using var service = new OperatorStub(Stores.Settings, """{"recipients":12}""");

        var run = await RunAsync("mailings", "retry-failed", Text(mailing.MailingId), "--reason", "relay mended", "--wait");
        Assert.Equal((0, "12 recipients are sent to again"), (run.ExitCode, run.Out.Trim()));
        Assert.Equal($$"""POST /api/v1/mailings/{{Text(mailing.MailingId)}}/retry-failed {"reason":"relay mended","refused":false}""", Assert.Single(service.Asked));
        Assert.Equal(12, (await RunAsync("mailings", "retry-failed", "1", "--reason", "x", "--json")).Json().GetProperty("recipients").GetInt32());
        Assert.Equal(2, (await RunAsync("mailings", "retry-failed", "1")).ExitCode);
    }

    [Fact]
    public async Task Nobody_to_retry_is_9_only_when_that_is_wanted()
    {
        using var service = new OperatorStub(Stores.Settings, """{"recipients":0}""");
        Assert.Equal(0, (await RunAsync("mailings", "retry-failed", "1", "--reason", "x")).ExitCode);
        Assert.Equal(9, (await RunAsync("mailings", "retry-failed", "1", "--reason", "x", "--fail-if-empty")).ExitCode);
    }

    [Fact]
    public async Task A_refusal_of_the_service_is_told_with_its_code()
    {
        using var service = new OperatorStub(Stores.Settings, """{"title":"CL4003: mailing 5 does not exist","status":404}""", HttpStatusCode.NotFound);
        var run = await RunAsync("mailings", "retry-failed", "5", "--reason", "x");
        Assert.Equal(4, run.ExitCode);
        Assert.StartsWith("CL4003", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MailingState.Sending, 10)]
    [InlineData(MailingState.Finished, 0)]
    [InlineData(MailingState.Cancelled, 11)]
    public async Task Waiting_ends_with_the_mailing_or_with_the_time(MailingState state, int code)
    {
        var mailing = await Stores.MailingAsync(1, state: state);
        using var service = new OperatorStub(Stores.Settings, """{"done":true,"text":"goes on"}""");
        var run = await RunAsync("mailings", "resume", Text(mailing.MailingId), "--wait", "--timeout", "1");
        Assert.Equal(code, run.ExitCode);
        Assert.Equal(code == 10, run.Error.Contains("CL9681", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("retry", FileState.FailedImport, true, 10)]
    [InlineData("retry", FileState.FailedImport, false, 6)]
    [InlineData("retry", FileState.FailedStart, false, 6)]
    [InlineData("retry", FileState.Discarded, false, 11)]
    [InlineData("retry", FileState.Started, false, 10)]
    [InlineData("retry", FileState.Archived, false, 10, MailingState.Sending)]
    [InlineData("retry", FileState.Archived, false, 0)]
    [InlineData("discard", FileState.Discarded, false, 0)]
    [InlineData("discard", FileState.Discarded, false, 10, MailingState.Sending)]
    public async Task Waiting_for_a_file_ends_with_its_recipients_or_with_the_time(string verb, FileState state, bool sentBack, int code, MailingState copy = MailingState.Finished)
    {
        var mailing = await Stores.MailingAsync(1);
        if (copy == MailingState.Finished) await Stores.SettleAsync(mailing, RecipientState.Sent, 0);
        Stores.Execute("UPDATE mailing SET state = $1", (int)copy);
        Stores.Execute("UPDATE inbound_file SET state = $1, retried = $2", (int)state, sentBack ? 1 : 0);
        using var service = new OperatorStub(Stores.Settings, """{"done":true,"text":"is taken up again"}""");
        var run = await RunAsync("files", verb, "1", "--wait", "--timeout", "1");
        Assert.Equal(code, run.ExitCode);
        Assert.Equal(code == 10, run.Error.Contains("CL9617", StringComparison.Ordinal));
        Assert.Equal("is taken up again", run.Out.Trim());
    }

    [Fact]
    public async Task After_a_replacement_the_new_file_is_waited_for()
    {
        Stores.Execute("UPDATE inbound_file SET state = 9 WHERE file_id = $1", (await Stores.MailingAsync(1)).FileId);
        using var service = new OperatorStub(Stores.Settings, """{"done":true,"text":"was replaced"}""");
        var path = Path.Combine(Folder.Path, "corrected.csv");
        string[] replace = ["files", "replace", "1", path, "--wait", "--timeout", "1"];
        Assert.Equal(10, (await RunAsync(replace)).ExitCode);
        await Stores.SettleAsync(await Stores.MailingAsync(1, fileId: 2), RecipientState.Sent, 0);
        Stores.Execute("UPDATE mailing SET state = $1 WHERE file_id = 2", (int)MailingState.Cancelled);
        Stores.Execute("UPDATE inbound_file SET name = '1.csv'");
        Assert.Equal(11, (await RunAsync(replace)).ExitCode);
        Stores.Execute("UPDATE inbound_file SET state = 6 WHERE file_id = 2");
        Assert.Equal(6, (await RunAsync(replace)).ExitCode);
    }

    [Fact]
    public async Task What_was_refused_is_not_waited_for()
    {
        using var service = new OperatorStub(Stores.Settings, """{"done":false,"text":"only a failed file can be retried"}""");
        Assert.Equal(8, (await RunAsync("files", "retry", "1", "--wait")).ExitCode);
    }

    [Fact]
    public async Task A_domain_is_suspended_for_every_client_when_none_is_named()
    {
        await Stores.Get<Data.Clients.DefinitionStore>().ApplyAsync(SiloStores.Client with { Id = 10, Key = "elm" });
        using var service = new OperatorStub(Stores.Settings, """{"done":true,"text":"held"}""");
        Assert.Equal(0, (await RunAsync("queues", "suspend", "--domain", "example.org", "--for", "15m", "--reason", "their trouble")).ExitCode);
        Assert.Equal(
            ["POST /api/v1/clients/elm/lanes/hold?domain=example.org&seconds=900&reason=their%20trouble", "POST /api/v1/clients/oak/lanes/hold?domain=example.org&seconds=900&reason=their%20trouble"],
            service.Asked.Order(StringComparer.Ordinal));
        Assert.Equal(2, (await RunAsync("queues", "suspend", "--for", "15m", "--reason", "x")).ExitCode);
    }

    [Fact]
    public async Task A_rate_is_set_for_a_time_listed_and_lifted()
    {
        using var service = new OperatorStub(Stores.Settings, """{"done":true,"text":"2 a second"}""");
        Assert.Equal(0, (await RunAsync("queues", "limit", "--client", "oak", "--domain", "example.org", "--per-second", "2.5", "--for", "2h", "--reason", "their trouble")).ExitCode);
        Assert.Equal(0, (await RunAsync("queues", "lift", "--client", "oak", "--domain", "example.org")).ExitCode);
        Assert.Equal(
            ["POST /api/v1/clients/oak/lanes/limit?domain=example.org&perSecond=2.5&seconds=7200&reason=their%20trouble", "POST /api/v1/clients/oak/lanes/lift?domain=example.org"], service.Asked);
        Assert.Equal(2, (await RunAsync("queues", "limit", "--client", "oak", "--for", "2h", "--reason", "x")).ExitCode);

        await Stores.Get<Data.Delivery.LaneLimitStore>().SetAsync(new("oak/example.org", 2.5, TimeProvider.System.GetUtcNow().AddHours(2).ToUnixTimeMilliseconds() * 1_000, "their trouble", "olga"), now: 0);
        var limit = Assert.Single((await RunAsync("queues", "ls", "--json")).Json().GetProperty("limits").EnumerateArray());
        Assert.Equal(("oak/example.org", 2.5, "olga"), (limit.GetProperty("name").GetString(), limit.GetProperty("perSecond").GetDouble(), limit.GetProperty("setBy").GetString()));
    }

    [Fact]
    public async Task A_person_is_subscribed_again_only_with_a_reason()
    {
        using var service = new OperatorStub(Stores.Settings, """{"done":true,"text":"is no longer unsubscribed"}""");
        Assert.Equal(2, (await RunAsync("recipients", "resubscribe", "anna@example.org", "--client", "oak")).ExitCode);
        Assert.Equal(0, (await RunAsync("recipients", "resubscribe", "Anna@Example.org", "--client", "oak", "--reason", "asked by phone")).ExitCode);
        Assert.Equal("POST /api/v1/clients/oak/unsubscribes/remove?entry=Anna%40example.org&reason=asked%20by%20phone", Assert.Single(service.Asked));
    }

    [Fact]
    public async Task One_look_is_a_document_for_programs()
    {
        var mailing = await Stores.MailingAsync(3);
        var look = (await RunAsync("top", "--json")).Json();
        Assert.Equal((false, 3), (look.GetProperty("running").GetBoolean(), look.GetProperty("waiting").GetInt32()));
        Assert.Equal(mailing.MailingId, Assert.Single(look.GetProperty("mailings").EnumerateArray()).GetProperty("id").GetInt64());
        Assert.True((await RunAsync("config", "validate", "--json")).Json().GetProperty("ok").GetBoolean());
        Assert.StartsWith("-----BEGIN PUBLIC KEY", (await RunAsync("proof", "key", "--json")).Json().GetProperty("pem").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_terminal_nothing_is_asked()
    {
        using var service = new OperatorStub(Stores.Settings, """{"done":true,"text":"given up"}""");
        Assert.Equal(0, (await RunAsync("files", "discard", "1")).ExitCode);
        Assert.Equal(0, (await RunAsync("mailings", "cancel", "1", "--yes")).ExitCode);
        Assert.Equal(0, (await RunAsync("orders", "delete", "1", "--yes")).ExitCode);
        Assert.Equal(3, service.Asked.Count);
    }

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
