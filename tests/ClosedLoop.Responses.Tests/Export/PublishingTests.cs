using System.Text.Json;
using ClosedLoop.Model;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Responses.Export;

namespace ClosedLoop.Responses.Tests.Export;

public class PublishingTests
{
    private static readonly string[] Order =
        ["mailings", "mailingrecipients", "links", "clicks", "opens", "automated_opens", "unsubscribes", "responses"];

    [Fact]
    public async Task Files_appear_in_the_order_of_the_specification_and_the_manifest_tells_their_content()
    {
        await using var test = await ExportTest.CreateAsync();
        await PopulateAsync(test);
        var appeared = new List<string>();
        test.Service.Renamed = name =>
        {
            appeared.Add(name);
            Assert.Equal(appeared.Order(), Directory.GetFiles(test.Out, "2*").Select(Path.GetFileName).Order());
        };
        var run = await test.RunAsync();
        Assert.Equal([.. Order[..^1].Select(table => $"20260302_{table}.csv"), "20260302_manifest.json", "20260302_responses.csv"], appeared);
        var manifest = JsonSerializer.Deserialize<ExportManifest>(run.Manifest!, DefinitionJson.Options)!;
        Assert.Equal(Order, manifest.Files.Select(file => file.Table));
        foreach (var file in manifest.Files)
        {
            var bytes = await File.ReadAllBytesAsync(Path.Combine(test.Out, file.Name));
            Assert.Equal((bytes.Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))), (file.Bytes, file.Sha256));
            Assert.Equal(bytes.Count(b => b == '\n') - 1, file.Rows);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public async Task Run_broken_off_between_two_renames_is_repeated_with_the_same_cut_offs_and_bytes(int renames)
    {
        await using var test = await ExportTest.CreateAsync();
        var mailing = await PopulateAsync(test);
        var done = 0;
        test.Service.Renamed = _ =>
        {
            if (++done == renames) throw new IOException("the power went");
        };
        await Assert.ThrowsAsync<IOException>(() => test.RunAsync());
        Assert.Equal(renames, Directory.GetFiles(test.Out, "2*").Length);
        Assert.Equal(renames == 9, File.Exists(Path.Combine(test.Out, "20260302_responses.csv")));
        var before = Directory.GetFiles(test.Out, "2*").ToDictionary(path => path, File.GetLastWriteTimeUtc);

        // Life goes on, and the settings change, before the process is there again.
        await test.Data.At("2026-03-02 15:00:00").TrackAsync(TrackedEventKind.Click, mailing, 0, 1);
        await test.Data.SettleAsync(mailing, 1, RecipientState.Failed);
        await test.Data.FinishAsync(mailing);
        await test.ApplyAsync(settings => settings with { QuoteAll = false, TimeZone = "Europe/Berlin" });
        test.Restart();
        Assert.Equal(1, await test.Service.ResumeUnfinishedAsync());
        Assert.Equal(0, await test.Service.ResumeUnfinishedAsync());
        Assert.Equal(9, Directory.GetFileSystemEntries(test.Out).Length);
        foreach (var (path, written) in before) Assert.Equal(written, File.GetLastWriteTimeUtc(path));
        var run = Assert.Single(test.Service.Latest(ResponseDatabase.ClientId, 10));
        Assert.True(run.Published);
        await test.AssertRebuildsIdenticalAsync(run.RunId);
        Assert.Empty(test.Rows("20260302", "clicks"));
    }

    [Fact]
    public async Task File_of_that_name_with_other_content_is_never_replaced()
    {
        await using var test = await ExportTest.CreateAsync();
        Directory.CreateDirectory(test.Out);
        var foreign = Path.Combine(test.Out, "20260302_opens.csv");
        await File.WriteAllTextAsync(foreign, "from another time");
        Assert.Equal("CL7004", (await Assert.ThrowsAsync<ExportException>(() => test.RunAsync())).Code);
        Assert.Equal("from another time", await File.ReadAllTextAsync(foreign));
        Assert.Single(Directory.GetFiles(test.Out, "2*"));
        File.Delete(foreign);
        Assert.Equal(1, await test.Service.ResumeUnfinishedAsync());
        Assert.Equal(9, Directory.GetFiles(test.Out, "2*").Length);
    }

    [Fact]
    public async Task Second_run_of_a_day_takes_names_of_its_own()
    {
        await using var test = await ExportTest.CreateAsync();
        var mailing = await PopulateAsync(test);
        await test.RunAsync();
        var first = test.Published("20260302_clicks.csv");
        await test.Data.At("2026-03-02 16:05:06").TrackAsync(TrackedEventKind.Click, mailing, 0, 1);
        Assert.Equal("20260302_160506", (await test.RunAsync()).Label);
        Assert.Equal("20260302_160506_2", (await test.RunAsync()).Label);
        Assert.Equal(first, test.Published("20260302_clicks.csv"));
        Assert.Single(test.Rows("20260302_160506", "clicks"));
        Assert.Empty(test.Rows("20260302_160506_2", "clicks"));
    }

    [Fact]
    public async Task Run_that_cannot_be_published_does_not_hold_up_the_next_one()
    {
        await using var test = await ExportTest.CreateAsync();
        Directory.CreateDirectory(test.Out);
        await File.WriteAllTextAsync(Path.Combine(test.Out, "20260302_opens.csv"), "foreign");
        await Assert.ThrowsAsync<ExportException>(() => test.RunAsync());
        test.Data.At("2026-03-03 02:00:00");
        await test.Service.CutAsync(test.Client);
        await Assert.ThrowsAsync<AggregateException>(() => test.Service.ResumeUnfinishedAsync());
        Assert.True(File.Exists(Path.Combine(test.Out, "20260303_responses.csv")));
    }

    private static async Task<Data.Mailings.MailingRow> PopulateAsync(ExportTest test)
    {
        var mailing = await test.Data.StartAsync("a@x.org", "b@x.org");
        await test.Data.SettleAsync(mailing, 0, RecipientState.Sent);
        await test.Data.TrackAsync(TrackedEventKind.Open, mailing, 0);
        return mailing;
    }
}
