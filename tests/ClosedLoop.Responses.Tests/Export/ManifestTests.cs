using System.Text;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;
using ClosedLoop.Responses.Export;
using ClosedLoop.Responses.Export.Manifests;
using ClosedLoop.Responses.Export.Verification;

namespace ClosedLoop.Responses.Tests.Export;

public class ManifestTests
{
    [Fact]
    public async Task Manifest_says_what_the_set_is_and_verifies_it()
    {
        await using var test = await SetAsync();
        var manifest = ManifestDocument.Read(await File.ReadAllBytesAsync(Path.Combine(test.Out, "20260302_manifest.json")));
        Assert.Equal(("shop", 90_000_000_001, "Europe/Berlin", ExportQuote.Minimal), (manifest.Client, manifest.ClientId, manifest.TimeZone, manifest.Quote));
        Assert.Null(manifest.From);
        Assert.Equal(8, manifest.Files.Count);
        var set = Assert.Single(ExportVerifier.Verify(test.Out));
        Assert.True(set.Ok, string.Join('\n', set.Faults));
        Assert.Equal((1, 10), (set.Run, set.Rows));
        Assert.True(Assert.Single(ExportVerifier.Verify(Path.Combine(test.Out, "20260302_manifest.json"))).Ok);
    }

    [Theory]
    [InlineData("cut", "CL2912")]
    [InlineData("crlf", "CL2912")]
    [InlineData("changed", "CL2912")]
    [InlineData("missing", "CL2911")]
    public async Task File_that_is_not_the_published_one_is_named(string damage, string code)
    {
        await using var test = await SetAsync();
        var path = Path.Combine(test.Out, "20260302_mailingrecipients.csv");
        var bytes = await File.ReadAllBytesAsync(path);
        File.Delete(path);
        if (damage == "cut") await File.WriteAllBytesAsync(path, bytes[..^7]);
        if (damage == "crlf") await File.WriteAllTextAsync(path, Encoding.UTF8.GetString(bytes).Replace("\n", "\r\n", StringComparison.Ordinal));
        if (damage == "changed") await File.WriteAllTextAsync(path, Encoding.UTF8.GetString(bytes).Replace("sent;OK", "sent;ok", StringComparison.Ordinal));
        var fault = Assert.Single(Assert.Single(ExportVerifier.Verify(test.Out)).Faults);
        Assert.Equal((code, "20260302_mailingrecipients.csv"), (fault.Code, fault.File));
    }

    [Theory]
    [InlineData("clicks", ";71000000002;", ";71000000009;", "CL2915")]
    [InlineData("clicks", "44000000001;", "44000000077;", "CL2914")]
    [InlineData("clicks", "a@x.org", "z@x.org", "CL2915")]
    [InlineData("clicks", "2026-03-02 10:00", "2026-03-02 09:00", "CL2915")]
    [InlineData("mailingrecipients", "SOFT;bounce", "HARD;bounce", "CL2915")]
    [InlineData("mailingrecipients", "SOFT;bounce", "SOFT;", "CL2915")]
    [InlineData("mailingrecipients", "25000000001;71000000002", "25000000001;71000000003", "CL2914")]
    [InlineData("mailingrecipients", "25000000001;", "25000000009;", "CL2914")]
    [InlineData("mailingrecipients", "sent;OK", "gone;OK", "CL2915")]
    [InlineData("links", "44000000256;", "44000000001;", "CL2915")]
    [InlineData("responses", ";bounce", ";boing", "CL2915")]
    [InlineData("opens", "created", "creation", "CL2913")]
    [InlineData("opens", "Firefox 128.0;", "Fire\"fox;", "CL2913")]
    [InlineData("opens", "Firefox 128.0;", "", "CL2913")]
    public async Task Set_that_does_not_hold_together_is_told_though_its_manifest_fits(string table, string from, string to, string code)
    {
        await using var test = await SetAsync();
        var path = Path.Combine(test.Out, $"20260302_{table}.csv");
        var text = await File.ReadAllTextAsync(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, text.Replace(from, to, StringComparison.Ordinal));
        var manifestPath = Path.Combine(test.Out, "20260302_manifest.json");
        var manifest = ManifestDocument.Read(await File.ReadAllBytesAsync(manifestPath));
        var bytes = await File.ReadAllBytesAsync(path);
        manifest = manifest with
        {
            Files = [.. manifest.Files.Select(file => file.Table == table ? file with { Bytes = bytes.Length, Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)) } : file)],
        };
        await File.WriteAllBytesAsync(manifestPath, manifest.ToBytes());
        Assert.Contains(Assert.Single(ExportVerifier.Verify(test.Out)).Faults, fault => fault.Code == code);
    }

    [Fact]
    public async Task Folder_without_manifest_and_a_file_that_is_none_are_refused()
    {
        await using var test = await SetAsync();
        Assert.Equal("CL2910", Assert.Throws<ExportException>(() => ExportVerifier.Verify(Path.Combine(test.Out, "20260302_clicks.csv"))).Code);
        foreach (var path in Directory.GetFiles(test.Out, "*.json")) File.Delete(path);
        Assert.Equal("CL2910", Assert.Throws<ExportException>(() => ExportVerifier.Verify(test.Out)).Code);
    }

    [Fact]
    public async Task Manifest_that_names_a_file_elsewhere_is_not_followed()
    {
        await using var test = await SetAsync();
        var path = Path.Combine(test.Out, "20260302_manifest.json");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace("20260302_clicks.csv", "../../closedloop.db", StringComparison.Ordinal));
        Assert.Contains(Assert.Single(ExportVerifier.Verify(test.Out)).Faults, fault => fault.Code == "CL2910");
    }

    [Fact]
    public async Task Run_broken_off_after_the_manifest_of_an_earlier_version_is_ended_by_the_next()
    {
        await using var test = await ExportTest.CreateAsync();
        test.Service.Renamed = name =>
        {
            if (name.EndsWith(".json", StringComparison.Ordinal)) throw new IOException("the power went");
        };
        await Assert.ThrowsAsync<IOException>(() => test.RunAsync());
        var path = Path.Combine(test.Out, "20260302_manifest.json");
        var earlier = (ManifestDocument.Read(await File.ReadAllBytesAsync(path)) with { Service = "0.0.1" }).ToBytes();
        await File.WriteAllBytesAsync(path, earlier);
        test.Restart();
        Assert.Equal(1, await test.Service.ResumeUnfinishedAsync());
        Assert.Equal(earlier, await File.ReadAllBytesAsync(path));
        Assert.True(Assert.Single(ExportVerifier.Verify(test.Out)).Ok);
    }

    private static async Task<ExportTest> SetAsync()
    {
        var test = await ExportTest.CreateAsync(settings => settings with { Quote = ExportQuote.Minimal, TimeZone = "Europe/Berlin" });
        var mailing = await test.Data.StartAsync("a@x.org", "b@x.org");
        await test.Data.SettleAsync(mailing, 0, RecipientState.Sent);
        await test.Data.SettleAsync(mailing, 1, RecipientState.Sent);
        await test.Data.TrackAsync(TrackedEventKind.Click, mailing, 0, 1);
        await test.Data.TrackAsync(TrackedEventKind.Open, mailing, 0);
        await test.Data.RespondAsync(mailing, 1, ResponseCategory.Bounce);
        await test.RunAsync();
        return test;
    }
}
