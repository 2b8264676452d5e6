using System.Globalization;
using System.Text.Json;

namespace ClosedLoop.Benchmarks.Pipeline;

/// <summary><c>pipeline</c>: one file through the real path, and the same server's ceiling beside it.</summary>
internal static class PipelineCommand
{
    /// <summary>Connections a client keeps by default; <c>smtp-source</c> gets as many.</summary>
    private const int Sessions = 10;

    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        PipelineArguments arguments;
        try
        {
            arguments = PipelineArguments.Parse(args);
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }

        using var peer = SmtpPeer.Open(arguments.Smtp);
        var ceiling = Math.Max(arguments.Recipients, 20_000);
        List<double?> source = [peer.MeasureSource(Sessions, ceiling, arguments.Bytes)];
        var report = await PipelineRun.RunAsync(arguments, peer);
        source.Add(peer.MeasureSource(Sessions, ceiling, arguments.Bytes));
        report = report with { SmtpSourcePerSecond = [.. source.OfType<double>()] };
        if (arguments.Json) Console.Out.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
        else Print(report);
        return report.Sent == report.Recipients ? 0 : 1;
    }

    private static void Print(PipelineReport report)
    {
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Recipients} recipients in {report.Seconds:0.00} s: {report.RecipientsPerSecond:0}/s ({report.SendingPerSecond:0}/s sending alone), {report.CpuSeconds:0.00} s CPU, peak {report.PeakMemoryBytes / 1048576} MiB, {report.MessageBytes:0} octets a message, {report.Commits} commits{(report.Dkim is null ? "" : $", signed ({report.Dkim})")}"));
        foreach (var stage in report.Stages)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {stage.Name,-8} {stage.CpuSeconds,7:0.00} s CPU {stage.MicrosecondsPerRecipient,7:0.0} us each {stage.WallSeconds,8:0.00} s wall"));
        }

        if (report.RatioToSmtpSource is { } ratio)
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"smtp-source {string.Join(" and ", report.SmtpSourcePerSecond)}/s; ratio {ratio:0.00}"));
    }
}
