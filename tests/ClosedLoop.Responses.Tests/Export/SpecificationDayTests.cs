using ClosedLoop.Data.Exports;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Responses.Tests.Export;

/// <summary>The day from which the closed-loop specification takes its example rows (sections 17.3 to 17.10), with all its ids.</summary>
public class SpecificationDayTests
{
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["mailings"] =
            """
            "id";"compoundMasterId";"mailingGroupId";"mailing.recipientLists";"started";"finished"
            "71000000123";"71000000122";"90000000001";"58000000045";"2026-03-02 09:10:05";"2026-03-02 09:12:41"

            """,
        ["mailingrecipients"] =
            """
            "id";"mailingId";"mailingGroupId";"userId";"created";"sendingStatus";"deliveryStatus";"response.category"
            "25000000900";"71000000123";"90000000001";"anna.berg@example.org";"2026-03-02 09:10:06";"sent";"OK";
            "25000000901";"71000000123";"90000000001";"li.wei@example.org";"2026-03-02 09:10:07";"sent";"SOFT";"temporary_bounce"

            """,
        ["links"] =
            """
            "id";"mailingId";"mailingToUserId";"mailingGroupId";"name";"url"
            "44000000254";"71000000123";"25000000900";"90000000001";"OPEN";
            "44000000255";"71000000123";"25000000900";"90000000001";"Imprint";"https://shop.example.org/imprint?k=anna.berg@example.org"
            "44000000510";"71000000123";"25000000901";"90000000001";"OPEN";
            "44000000511";"71000000123";"25000000901";"90000000001";"Imprint";"https://shop.example.org/imprint?k=li.wei@example.org"

            """,
        ["clicks"] =
            """
            "linkId";"mailingId";"mailingToUserId";"mailingGroupId";"userId";"created";"click.browser";"click.platform";"click.device"
            "44000000511";"71000000123";"25000000901";"90000000001";"li.wei@example.org";"2026-03-02 10:31:18";"Firefox 128.0";"Windows 11";"Desktop"
            "44000000511";"71000000123";"25000000901";"90000000001";"li.wei@example.org";"2026-03-02 10:31:18";"Firefox 128.0";"Windows 11";"Desktop"

            """,
        ["opens"] =
            """
            "linkId";"mailingId";"mailingToUserId";"mailingGroupId";"userId";"created";"open.browser";"open.platform";"open.device"
            "44000000510";"71000000123";"25000000901";"90000000001";"li.wei@example.org";"2026-03-02 10:30:55";"Firefox 128.0";"Windows 11";"Desktop"

            """,
        ["automated_opens"] =
            """
            "mailingId";"mailingToUserId";"mailingGroupId";"userId";"created";"open.browser";"open.platform"
            "71000000123";"25000000900";"90000000001";"anna.berg@example.org";"2026-03-02 09:10:58";"Apple Mail Privacy Protection";"unknown"

            """,
        ["unsubscribes"] =
            """
            "mailingId";"mailingToUserId";"mailingGroupId";"userId";"created"
            "71000000123";"25000000900";"90000000001";"anna.berg@example.org";"2026-03-02 11:02:40"

            """,
        ["responses"] =
            """
            "mailingId";"mailingToUserId";"mailingGroupId";"userId";"created";"category"
            "71000000123";"25000000901";"90000000001";"li.wei@example.org";"2026-03-02 09:15:02";"temporary_bounce"

            """,
    };

    [Fact]
    public async Task Eight_files_read_as_the_specification_writes_them()
    {
        await using var test = await ExportTest.CreateAsync();
        var run = await LiveAsync(test);
        Assert.True(run.Published);
        Assert.Equal(9, Directory.GetFileSystemEntries(test.Out).Length);
        foreach (var (table, text) in Expected) Assert.Equal(text, test.Published($"20260303_{table}.csv"));
        await test.AssertRebuildsIdenticalAsync(run.RunId);
    }

    [Fact]
    public async Task Minimal_quoting_without_header_leaves_out_what_the_grammar_does_not_need()
    {
        await using var test = await ExportTest.CreateAsync(settings => settings with { Quote = ExportQuote.Minimal, Header = false });
        await LiveAsync(test);
        Assert.Equal(
            """
            25000000900;71000000123;90000000001;anna.berg@example.org;2026-03-02 09:10:06;sent;OK;
            25000000901;71000000123;90000000001;li.wei@example.org;2026-03-02 09:10:07;sent;SOFT;temporary_bounce

            """, test.Published("20260303_mailingrecipients.csv"));
        Assert.StartsWith("44000000254;71000000123;25000000900;90000000001;OPEN;\n", test.Published("20260303_links.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Day_without_events_has_headers_only()
    {
        await using var test = await ExportTest.CreateAsync();
        await LiveAsync(test);
        test.Data.At("2026-03-04 02:00:00");
        await test.RunAsync();
        foreach (var (table, text) in Expected) Assert.Equal(text[..(text.IndexOf('\n', StringComparison.Ordinal) + 1)], test.Published($"20260304_{table}.csv"));
    }

    private static async Task<ExportRun> LiveAsync(ExportTest test)
    {
        var data = test.Data;
        await data.Execute("UPDATE id_sequence SET next = 71000000122 WHERE name = 'mailing'");
        await data.Execute("UPDATE id_sequence SET next = 58000000045 WHERE name = 'list'");
        await data.Execute("UPDATE id_sequence SET next = 25000000900 WHERE name = 'recipient'");
        await data.Execute("UPDATE id_sequence SET next = 44000000254 WHERE name = 'link'");
        var mailing = await data.At("2026-03-02 09:10:05").StartAsync("anna.berg@example.org", "li.wei@example.org", "gone@example.org");
        await data.SettleAsync(mailing, 2, RecipientState.Suppressed);
        await data.At("2026-03-02 09:10:07").SettleAsync(mailing, 1, RecipientState.Sent);
        await data.At("2026-03-02 09:10:06.999").SettleAsync(mailing, 0, RecipientState.Sent);
        await data.At("2026-03-02 09:10:58").TrackAsync(TrackedEventKind.Open, mailing, 0, flags: TrackedEventFlags.Automatic);
        Assert.True(await data.At("2026-03-02 09:12:41").FinishAsync(mailing));
        await data.At("2026-03-02 09:15:02").RespondAsync(mailing, 1, ResponseCategory.TemporaryBounce);
        await data.At("2026-03-02 10:30:55").TrackAsync(TrackedEventKind.Open, mailing, 1);
        await data.At("2026-03-02 10:31:18").TrackAsync(TrackedEventKind.Click, mailing, 1, 1);
        await data.At("2026-03-02 10:31:18.400").TrackAsync(TrackedEventKind.Click, mailing, 1, 1);
        await data.At("2026-03-02 11:02:40").TrackAsync(TrackedEventKind.Unsubscribe, mailing, 0);
        await data.At("2026-03-02 11:03:00").TrackAsync(TrackedEventKind.Unsubscribe, mailing, 0);
        data.At("2026-03-03 02:00:00");
        return await test.RunAsync();
    }
}
