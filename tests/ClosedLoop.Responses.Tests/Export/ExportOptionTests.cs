using System.Buffers;
using System.Text;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;
using ClosedLoop.Responses.Export;

namespace ClosedLoop.Responses.Tests.Export;

public class ExportOptionTests
{
    [Fact]
    public async Task Extra_fields_stand_at_the_end_of_the_six_files_that_name_a_recipient()
    {
        await using var test = await ExportTest.CreateAsync(settings => settings with { ExtraFields = ["wave_id", "lastname"] });
        var mailing = await test.Data.StartAsync(1, ["a@x.org", "b@x.org"], address => Fields(address, "71000000100", "501", null, "", address == "a@x.org" ? "O;Neil \"X\"" : null));
        await test.Data.SettleAsync(mailing, 0, RecipientState.Sent);
        await test.Data.SettleAsync(mailing, 1, RecipientState.Sent);
        await test.Data.TrackAsync(TrackedEventKind.Click, mailing, 0, 1);
        await test.Data.TrackAsync(TrackedEventKind.Open, mailing, 0);
        await test.Data.TrackAsync(TrackedEventKind.Open, mailing, 0, flags: TrackedEventFlags.Automatic);
        await test.Data.TrackAsync(TrackedEventKind.Unsubscribe, mailing, 0);
        await test.Data.RespondAsync(mailing, 0, ResponseCategory.Unknown);
        await test.RunAsync();
        foreach (var table in new[] { "mailingrecipients", "clicks", "opens", "automated_opens", "unsubscribes", "responses" })
        {
            var lines = test.Published($"20260302_{table}.csv").Split('\n');
            Assert.EndsWith(";\"user.wave_id\";\"user.lastname\"", lines[0], StringComparison.Ordinal);
            Assert.EndsWith(";\"501\";\"O;Neil \"\"X\"\"\"", lines[1], StringComparison.Ordinal);
        }

        Assert.EndsWith(";\"501\";", test.Published("20260302_mailingrecipients.csv").Split('\n')[2], StringComparison.Ordinal);
        Assert.EndsWith("\"finished\"", test.Published("20260302_mailings.csv").Split('\n')[0], StringComparison.Ordinal);
        Assert.EndsWith("\"url\"", test.Published("20260302_links.csv").Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extra_field_is_looked_up_in_the_list_the_mailing_was_imported_with()
    {
        await using var test = await ExportTest.CreateAsync();
        var old = await test.Data.StartAsync(1, ["a@x.org"], _ => Fields("a@x.org", "1", "501"));
        ListDefinition wider = new() { Fields = [new() { Name = "email" }, new() { Name = "segment" }, new() { Name = "broadmail_id" }, new() { Name = "wave_id" }] };
        await test.ApplyAsync(wider, settings => settings with { ExtraFields = ["segment", "wave_id"] });
        var version = test.Data.Definitions.FindClient(ResponseDatabase.ClientId)!.Version;
        var young = await test.Data.StartAsync(version, ["b@x.org"], _ => Fields("b@x.org", "gold", "1", "502"));
        await test.Data.SettleAsync(old, 0, RecipientState.Sent);
        await test.Data.SettleAsync(young, 0, RecipientState.Sent);
        await test.RunAsync();
        Assert.Equal([(null, "501"), ("gold", "502")], test.Rows("20260302", "mailingrecipients").Select(row => (row[8], row[9])));
    }

    [Fact]
    public async Task Shared_links_have_one_row_for_each_place_and_clicks_name_it()
    {
        await using var test = await ExportTest.CreateAsync(settings => settings with { Links = ExportLinks.Shared });
        test.Links.Links = [new("Fixed", "https://x.org/1"), new("Query", "https://x.org/2?k={0}"), new("Path", "https://x.org/{0}")];
        var old = await test.Data.StartAsync("a@x.org", "b@x.org");
        for (var i = 0; i < 2; i++) await test.Data.SettleAsync(old, i, RecipientState.Sent);
        await test.Data.FinishAsync(old);
        await test.Data.RunAt(test, "2026-03-03 02:00:00");
        Assert.Equal(
            [
                (old.LinkId(0, 0), null, "OPEN", null), (old.LinkId(0, 1), null, "Fixed", "https://x.org/1"),
                (old.LinkId(0, 2), null, "Query", "https://x.org/2"), (old.LinkId(0, 3), null, "Path", null),
            ],
            test.Rows("20260303", "links").Select(row => (Number(row[0]), row[2], row[4]!, row[5])));

        // A later click on an earlier mailing brings its link along, under the id it had.
        await test.Data.At("2026-03-03 09:00:00").TrackAsync(TrackedEventKind.Click, old, 1, 2);
        await test.Data.TrackAsync(TrackedEventKind.Click, old, 1, 9);
        await test.Data.RunAt(test, "2026-03-04 02:00:00");
        Assert.Equal([old.LinkId(0, 2), old.LinkId(0, 9)], test.Rows("20260304", "clicks").Select(row => Number(row[0])));
        Assert.Contains(test.Rows("20260304", "links"), row => Number(row[0]) == old.LinkId(0, 2) && row[4] == "Query");
        Assert.Contains(test.Rows("20260304", "links"), row => Number(row[0]) == old.LinkId(0, 9) && row[4] is null);
    }

    [Fact]
    public async Task Without_manifest_there_are_the_eight_files_only()
    {
        await using var test = await ExportTest.CreateAsync(settings => settings with { Manifest = false });
        await test.RunAsync();
        Assert.Equal(8, Directory.GetFileSystemEntries(test.Out).Length);
    }

    [Fact]
    public async Task Quoting_set_in_its_earlier_form_still_counts()
    {
        await using var test = await ExportTest.CreateAsync(settings => settings with { QuoteAll = false });
        await test.RunAsync();
        Assert.StartsWith("id;compoundMasterId;", test.Published("20260302_mailings.csv"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CL2901", "00:04:00")]
    [InlineData("CL2901", "2.00:00:00")]
    [InlineData("CL2901", "07:00:00")]
    [InlineData("CL2901", "00:07:30")]
    [InlineData("CL2901", "-01:00:00")]
    [InlineData("CL2902", "06:00:00")]
    public void Interval_that_cannot_be_kept_is_refused(string code, string interval) =>
        Assert.Equal(code, ExportCheck.Fault(With(new() { Interval = TimeSpan.Parse(interval, System.Globalization.CultureInfo.InvariantCulture) }))!.Code);

    [Fact]
    public void Interval_below_a_day_needs_the_time_in_every_name()
    {
        var names = new[] { "mailings", "mailingrecipients", "links", "clicks", "opens", "automated_opens", "unsubscribes", "responses" }
            .ToDictionary(table => table, table => $"{{yyyyMMddHHmmss}}_{table}.csv");
        var settings = new ExportSettings { Interval = TimeSpan.FromHours(6), Names = names };
        Assert.Equal("CL2902", ExportCheck.Fault(With(settings))!.Code);
        Assert.Null(ExportCheck.Fault(With(settings with { Manifest = false })));
        names.Add("manifest", "{yyyyMMdd}T{HHmmss}.json");
        Assert.Null(ExportCheck.Fault(With(settings)));
    }

    [Theory]
    [InlineData("shoe_size")]
    [InlineData("Lastname")]
    [InlineData("lastname", "lastname")]
    public void Extra_field_that_would_not_be_there_or_twice_is_refused(params string[] fields) =>
        Assert.Equal("CL2903", ExportCheck.Fault(With(new() { ExtraFields = fields }))!.Code);

    [Fact]
    public void More_extra_fields_than_allowed_are_refused()
    {
        var list = new ListDefinition { Fields = [.. Enumerable.Range(0, ExportCheck.MostExtraFields + 1).Select(i => new FieldDefinition { Name = $"f{i}" })] };
        var client = With(new() { ExtraFields = [.. list.Fields.Select(field => field.Name)] }) with { List = list };
        Assert.Equal("CL2903", ExportCheck.Fault(client)!.Code);
        Assert.Null(ExportCheck.Fault(client with { Export = new() { ExtraFields = [.. client.Export.ExtraFields.SkipLast(1)] } }));
    }

    private static ClientDefinition With(ExportSettings settings) => ResponseDatabase.Client with { Export = settings };

    private static long Number(string? text) => long.Parse(text!, System.Globalization.CultureInfo.InvariantCulture);

    private static byte[] Fields(params string?[] values)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var value in values) RecipientFields.Write(output, Encoding.UTF8.GetBytes(value ?? ""), value is null);
        return output.WrittenSpan.ToArray();
    }
}
