using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Responses.Export;
using ClosedLoop.Responses.Export.Csv;

namespace ClosedLoop.Responses.Tests.Export;

public class ExportFormatTests
{
    [Theory]
    [InlineData(true, null, "")]
    [InlineData(true, "", "\"\"")]
    [InlineData(true, "a", "\"a\"")]
    [InlineData(true, "say \"hi\"; now", "\"say \"\"hi\"\"; now\"")]
    [InlineData(true, "one\r\ntwo\nthree\rfour", "\"one two three four\"")]
    [InlineData(true, "\n\n", "\"  \"")]
    [InlineData(true, "\"", "\"\"\"\"")]
    [InlineData(true, "=1+1", "\"=1+1\"")]
    [InlineData(true, "Grüße 李 🙂", "\"Grüße 李 🙂\"")]
    [InlineData(false, null, "")]
    [InlineData(false, "", "\"\"")]
    [InlineData(false, "a b", "a b")]
    [InlineData(false, "a;b", "\"a;b\"")]
    [InlineData(false, "a\"b", "\"a\"\"b\"")]
    [InlineData(false, "a\nb", "a b")]
    public void Value_is_written_by_the_rules_of_section_17_2(bool quoteAll, string? value, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "f.csv");
        using (var output = new ExportCsvWriter(path, new ExportFormat(TimeZoneInfo.Utc, Header: false, quoteAll), []))
        {
            output.Text(value);
            output.Text(value);
            output.EndRow();
            output.Finish();
        }

        Assert.Equal($"{expected};{expected}\n", File.ReadAllText(path));
    }

    [Fact]
    public void Value_longer_than_any_buffer_is_written_whole_and_hashed()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "f.csv");
        var value = string.Concat(Enumerable.Repeat("\"é", 200_000));
        using var output = new ExportCsvWriter(path, new ExportFormat(TimeZoneInfo.Utc, Header: true, QuoteAll: true), ["x"]);
        for (var i = 0; i < 3; i++)
        {
            output.Text(value);
            output.EndRow();
        }

        var hash = output.Finish();
        var bytes = File.ReadAllBytes(path);
        Assert.Equal("\"x\"\n" + string.Concat(Enumerable.Repeat("\"" + value.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"\n", 3)), System.Text.Encoding.UTF8.GetString(bytes));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), hash);
        Assert.Equal((3, bytes.Length), (output.Rows, output.Bytes));
    }

    [Fact]
    public async Task Link_name_with_quote_separator_and_line_break_stays_one_value_on_one_line()
    {
        await using var test = await ExportTest.CreateAsync();
        test.Links.Links = [new("Say \"hi\";\nnow", "https://example.org/?a=1;2")];
        var mailing = await test.Data.StartAsync("a@example.org");
        await test.Data.SettleAsync(mailing, 0, RecipientState.Sent);
        await test.RunAsync();
        Assert.EndsWith(";\"Say \"\"hi\"\"; now\";\"https://example.org/?a=1;2\"\n", test.Published("20260302_links.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hour_that_comes_twice_in_autumn_is_written_as_the_clock_showed_it_and_ordered_by_time()
    {
        await using var test = await ExportTest.CreateAsync(settings => settings with { TimeZone = "Europe/Berlin" }, start: "2026-10-25 00:00:00");
        var mailing = await test.Data.At("2026-10-25 00:29:59").StartAsync("a@example.org", "b@example.org", "c@example.org");
        await test.Data.At("2026-10-25 01:10:00").SettleAsync(mailing, 0, RecipientState.Sent);
        await test.Data.At("2026-10-25 00:30:00").SettleAsync(mailing, 1, RecipientState.Sent);
        await test.Data.At("2026-10-25 00:59:59.999").SettleAsync(mailing, 2, RecipientState.Sent);
        test.Data.At("2026-10-25 22:59:59");
        await test.RunAsync();
        Assert.Equal(
            [("b@example.org", "2026-10-25 02:30:00"), ("c@example.org", "2026-10-25 02:59:59"), ("a@example.org", "2026-10-25 02:10:00")],
            test.Rows("20261025", "mailingrecipients").Select(row => (row[3]!, row[4]!)));
        test.Data.At("2026-10-25 23:00:00");
        Assert.Equal("20261026", (await test.RunAsync()).Label);
    }

    [Fact]
    public void Every_quarter_hour_of_a_year_is_written_as_the_zone_says()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var time = new ExportTime(zone);
        for (var instant = ResponseDatabase.Instant("2026-01-01 00:00:01"); instant.Year < 2027; instant = instant.AddMinutes(15))
        {
            var expected = TimeZoneInfo.ConvertTime(instant, zone).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(expected, System.Text.Encoding.ASCII.GetString(time.Format(Model.Instants.ToMicroseconds(instant))));
        }
    }

    [Fact]
    public async Task Names_follow_the_pattern_of_the_client()
    {
        await using var test = await ExportTest.CreateAsync(settings => settings with
        {
            TimeZone = "Asia/Tokyo",
            Names = new Dictionary<string, string> { ["clicks"] = "shop-{yyyyMMdd}-{HHmmss}-klicks.csv" },
        });
        test.Data.At("2026-03-02 23:15:30");
        await test.RunAsync();
        Assert.True(File.Exists(Path.Combine(test.Out, "shop-20260303-081530-klicks.csv")));
        Assert.True(File.Exists(Path.Combine(test.Out, "20260303_opens.csv")));
    }

    [Theory]
    [InlineData("clicks", "clicks.csv")]
    [InlineData("clicks", "../{yyyyMMdd}.csv")]
    [InlineData("clicks", ".{yyyyMMdd}.csv")]
    [InlineData("clicks", "{yyyyMMdd}_opens.csv")]
    [InlineData("klicks", "{yyyyMMdd}_klicks.csv")]
    public void Name_that_would_lose_a_file_is_refused(string key, string pattern)
    {
        var settings = new ExportSettings { Names = new Dictionary<string, string> { [key] = pattern } };
        Assert.Equal("CL7003", Assert.Throws<ExportException>(() => new ExportFileNames(settings)).Code);
    }

    [Fact]
    public async Task Events_of_unknown_agents_leave_no_gap_in_the_columns()
    {
        await using var test = await ExportTest.CreateAsync();
        var mailing = await test.Data.StartAsync("a@example.org");
        await test.Data.TrackAsync(TrackedEventKind.Click, mailing, 0, 1);
        await test.Data.Execute("UPDATE event SET browser = NULL, device = ''");
        await test.RunAsync();
        Assert.EndsWith(";;\"Windows 11\";\"\"\n", test.Published("20260302_clicks.csv"), StringComparison.Ordinal);
    }
}
