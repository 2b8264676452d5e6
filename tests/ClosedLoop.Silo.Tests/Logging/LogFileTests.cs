using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Logging;
using ClosedLoop.Silo.Tests.Support;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Silo.Tests.Logging;

[Collection("console and environment")]
public sealed class LogFileTests : IDisposable
{
    private static readonly LogFilter All = new(LogLevel.Trace, Category: null, Trace: null, Event: null, Text: null, Since: null);

    private readonly TempFolder _folder = new();
    private int _kept = 10;

    private SiloSettings Settings => new() { Data = _folder.Path, Log = new LogSettings { FileMegabytes = 1, FilesKept = _kept } };

    private LogFolder Files => new(Settings.LogPath);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Lines_are_found_by_level_category_event_text_and_trace_and_name_nobody()
    {
        using (var activity = new System.Diagnostics.Activity("file").Start())
        {
            Write(
                ("ClosedLoop.Intake.Files", LogLevel.Information, 1001, "file 7 of anna@example.org was taken in"),
                ("ClosedLoop.Delivery.Lanes", LogLevel.Warning, 5002, "lane held"),
                ("ClosedLoop.Delivery.Lanes", LogLevel.Error, 5005, "disk full"));
            await Assert_finds(["--trace", activity.TraceId.ToString()[..12]], 1001, 5002, 5005);
        }

        await Assert_finds(["--level", "warning"], 5002, 5005);
        await Assert_finds(["--category", "intake"], 1001);
        await Assert_finds(["--event", "5005"], 5005);
        await Assert_finds(["--grep", "DISK"], 5005);
        await Assert_finds(["-n", "1"], 5005);
        await Assert_finds(["--since", "1h"], 1001, 5002, 5005);
        Assert.Equal(4, (await Cli.RunAsync("logs", "--data", _folder.Path, "--event", "1")).ExitCode);
        var text = await Cli.RunAsync("logs", "--data", _folder.Path);
        Assert.Contains("info: ClosedLoop.Intake.Files[1001] file 7 of a***@example.org was taken in", text.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("anna@", await File.ReadAllTextAsync(Files.Current), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Files.Current));
    }

    [Fact]
    public async Task Without_a_log_the_command_says_where_it_looked()
    {
        var run = await Cli.RunAsync("logs", "--data", _folder.Path);
        Assert.Equal(4, run.ExitCode);
        Assert.Contains(Settings.LogPath, run.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await Cli.RunAsync("logs", "--data", _folder.Path, "--since", "soon")).ExitCode);
    }

    [Fact]
    public void Files_are_closed_at_their_size_and_the_oldest_go()
    {
        _kept = 2;
        var filling = new string('x', 100_000);
        for (var part = 0; part < 5; part++) Write([.. Enumerable.Range(0, 11).Select(i => ("C", LogLevel.Information, (part * 100) + i, filling))]);

        Assert.Equal(2, Files.Closed().Count);
        Assert.All(Files.Closed(), path => Assert.InRange(new FileInfo(path).Length, 1024 * 1024, 3 * 1024 * 1024));
        Assert.Equal(410, new LogTail(Files, TimeProvider.System).Last(1, All).Lines[^1].Event);
    }

    [Fact]
    public async Task Who_follows_gets_every_line_once_also_over_the_end_of_a_file()
    {
        Write(("C", LogLevel.Information, 1, "before"));
        var tail = new LogTail(Files, TimeProvider.System);
        var (_, end) = tail.Last(0, All);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var seen = new List<int>();
        var following = Task.Run(async () =>
        {
            await foreach (var line in tail.FollowAsync(end, All, stop.Token))
            {
                seen.Add(line.Event);
                if (seen.Count == 30) break;
            }
        });

        var filling = new string('x', 150_000);
        for (var part = 0; part < 3; part++) Write([.. Enumerable.Range(0, 10).Select(i => ("C", LogLevel.Information, 100 + (part * 10) + i, filling))]);
        await following;

        Assert.Equal(Enumerable.Range(100, 30), seen);
        Assert.NotEmpty(Files.Closed());
    }

    [Fact]
    public void A_line_cut_off_by_a_crash_is_passed_over()
    {
        Write(("C", LogLevel.Information, 1, "whole"));
        File.AppendAllText(Files.Current, "{\"time\":\"2026");
        Assert.Equal([1], new LogTail(Files, TimeProvider.System).Last(10, All).Lines.Select(line => line.Event));
    }

    private async Task Assert_finds(string[] options, params int[] events)
    {
        var run = await Cli.RunAsync(["logs", "--data", _folder.Path, "--json", .. options]);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(events, run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => LogLine.TryParse(System.Text.Encoding.UTF8.GetBytes(line))!.Event));
    }

    private void Write(params (string Category, LogLevel Level, int Event, string Text)[] lines)
    {
        using var file = new LogFile(Settings, TimeProvider.System);
        foreach (var line in lines) file.CreateLogger(line.Category).Log(line.Level, new EventId(line.Event), line.Text, exception: null, (text, _) => text);
    }
}
