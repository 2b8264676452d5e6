using System.CommandLine;
using System.Globalization;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Logging;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>logs</c>: the service's log, also while it is not running, when it is wanted most.</summary>
internal static class LogsCommand
{
    private static readonly string[] Levels = ["trace", "debug", "information", "warning", "error", "critical"];

    public static Command Create()
    {
        var follow = new Option<bool>("--follow", "-f") { Description = "Goes on with what comes, until Ctrl-C." };
        var lines = new Option<int>("--lines", "-n") { Description = "Newest lines to begin with.", DefaultValueFactory = _ => 100 };
        var level = new Option<string>("--level") { Description = "Least level: " + string.Join(", ", Levels) + ".", DefaultValueFactory = _ => "trace" };
        level.AcceptOnlyFromAmong(Levels);
        var category = new Option<string?>("--category") { Description = "Part of what wrote a line, as in Delivery." };
        var trace = new Option<string?>("--trace") { Description = "Lines of one file, batch or request: the traceId of one of them, or its beginning." };
        var number = new Option<int?>("--event") { Description = "Number of the event, as in 4412." };
        var text = new Option<string?>("--grep") { Description = "Part of the message or error." };
        var since = new Option<string?>("--since") { Description = "Not before: a time as in 2026-03-02T09:00:00Z, or a span as in 15m, 2h or 3d." };
        var data = SharedOptions.Data();
        var json = new Option<bool>("--json") { Description = "The lines as they are stored, one JSON object each." };
        var command = new Command("logs", "Shows the service's log, from its files in the data folder.") { follow, lines, level, category, trace, number, text, since, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = SharedOptions.Settings(parsed.GetValue(data));
            if (parsed.GetValue(lines) is < 0 or > 1_000_000) throw new CommandException(ExitCode.Usage, "CL9671: --lines: expected 0 to 1000000.");
            var filter = new LogFilter(
                (LogLevel)Array.IndexOf(Levels, parsed.GetValue(level)), parsed.GetValue(category), parsed.GetValue(trace), parsed.GetValue(number), parsed.GetValue(text), Since(parsed.GetValue(since)));
            var folder = new LogFolder(settings.LogPath);
            if (folder.All().Count == 0 && !parsed.GetValue(follow)) throw new CommandException(ExitCode.NotFound, Nothing(settings));
            void Show(LogLine line) => Console.Out.WriteLine(parsed.GetValue(json) ? line.ToJson() : string.Create(CultureInfo.InvariantCulture, $"{line.Time:yyyy-MM-dd HH:mm:ss.fff}Z {line.ToText()}"));
            var tail = new LogTail(folder, TimeProvider.System);
            var (newest, end) = tail.Last(parsed.GetValue(lines), filter);
            foreach (var line in newest) Show(line);
            if (!parsed.GetValue(follow)) return newest.Count > 0 || parsed.GetValue(lines) == 0 ? ExitCode.Ok : ExitCode.NotFound;
            await foreach (var line in tail.FollowAsync(end, filter, cancellation)) Show(line);
            return ExitCode.Interrupted;
        });
        return command;
    }

    private static string Nothing(SiloSettings settings) => settings.Log.File
        ? $"CL9672: there is no log in {settings.LogPath}: no service has run on this data folder, or --data names another one than the service has."
        : "CL9672: the service writes no log files (ClosedLoop:Log:File is false); look at its standard error, as in journalctl -u closedloop.";

    private static DateTimeOffset? Since(string? text)
    {
        if (text is null) return null;
        if (text.Length > 1 && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) && count < 100_000)
        {
            TimeSpan? span = text[^1] switch { 's' => TimeSpan.FromSeconds(count), 'm' => TimeSpan.FromMinutes(count), 'h' => TimeSpan.FromHours(count), 'd' => TimeSpan.FromDays(count), _ => null };
            if (span is { } back) return TimeProvider.System.GetUtcNow() - back;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : throw new CommandException(ExitCode.Usage, $"CL9671: --since '{text}': expected a time such as 2026-03-02T09:00:00Z, or a span such as 15m, 2h or 3d.");
    }
}
