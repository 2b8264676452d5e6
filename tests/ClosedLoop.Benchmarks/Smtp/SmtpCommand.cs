using System.Globalization;
using System.Text.Json;
using ClosedLoop.Benchmarks.Pipeline;

namespace ClosedLoop.Benchmarks.Smtp;

/// <summary><c>smtp</c>: this project's SMTP client and <c>smtp-source</c> in turn into the same server.</summary>
internal static class SmtpCommand
{
    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        SmtpArguments arguments;
        try
        {
            arguments = SmtpArguments.Parse(args);
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }

        using var peer = SmtpPeer.Open(arguments.Smtp);
        var load = new SmtpLoad(peer.Host, peer.Port, arguments.Bytes);
        var runs = new List<SmtpMeasurement>();
        foreach (var sessions in arguments.Sessions) runs.Add(await MeasureAsync(arguments, peer, load, sessions));
        var report = new SmtpReport(arguments.Messages, arguments.Bytes, runs);
        if (arguments.Json) Console.Out.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
        else Print(report);
        return runs.All(run => run.Failed == 0) ? 0 : 1;
    }

    private static async Task<SmtpMeasurement> MeasureAsync(SmtpArguments arguments, SmtpPeer peer, SmtpLoad load, int sessions)
    {
        // Compiled code is what a service runs after its first minute.
        await load.RunAsync(sessions, Math.Max(2000, sessions));
        var own = new List<double>();
        var source = new List<double?>();
        var last = default((double PerSecond, double AllocatedBytes, double CpuMicroseconds, int Failed));
        var failed = 0;
        for (var round = 0; round < arguments.Rounds; round++)
        {
            source.Add(peer.MeasureSource(sessions, arguments.Messages, arguments.Bytes));
            last = await load.RunAsync(sessions, arguments.Messages);
            own.Add(last.PerSecond);
            failed += last.Failed;
        }

        return new SmtpMeasurement
        {
            Sessions = sessions,
            PerSecond = own,
            SmtpSourcePerSecond = [.. source.OfType<double>()],
            AllocatedBytesPerMessage = last.AllocatedBytes,
            CpuMicrosecondsPerMessage = last.CpuMicroseconds,
            Failed = failed,
        };
    }

    private static void Print(SmtpReport report)
    {
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Messages} messages of {report.Bytes} octets a round"));
        foreach (var run in report.Runs)
        {
            var ratio = run.RatioToSmtpSource is { } r ? string.Create(CultureInfo.InvariantCulture, $"; smtp-source {SmtpMeasurement.Median(run.SmtpSourcePerSecond):0}/s, ratio {r:0.00}") : "; smtp-source is not installed";
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{run.Sessions,3} sessions {SmtpMeasurement.Median(run.PerSecond),7:0}/s{ratio}; {run.AllocatedBytesPerMessage:0} bytes allocated and {run.CpuMicrosecondsPerMessage:0} us CPU a message, {run.Failed} failed"));
        }
    }
}
