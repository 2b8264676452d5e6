using System.Diagnostics;
using System.Globalization;

namespace ClosedLoop.Benchmarks.Channels;

/// <summary>One run.</summary>
/// <param name="Provider">Which protocol.</param>
/// <param name="IsPeer">Whether it was the bare client.</param>
/// <param name="Sent">Messages that were accepted.</param>
/// <param name="PerSecond">Messages in a second.</param>
/// <param name="UserMicroseconds">User CPU time of this process for each message; the provider is another process.</param>
internal sealed record ChannelRate(string Provider, bool IsPeer, long Sent, double PerSecond, double UserMicroseconds)
{
    public static async Task<ChannelRate> MeasureAsync(string provider, bool isPeer, Func<Task<long>> run)
    {
        using var process = Process.GetCurrentProcess();
        var cpu = process.UserProcessorTime;
        var started = Stopwatch.GetTimestamp();
        var sent = await run();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        process.Refresh();
        return new ChannelRate(provider, isPeer, sent, Math.Round(sent / seconds), Math.Round((process.UserProcessorTime - cpu).TotalMicroseconds / Math.Max(1, sent), 1));
    }

    public static void Print(IReadOnlyList<ChannelRate> rates, int messages, int window)
    {
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{messages} messages, {window} at a time; medians of all rounds"));
        Console.Out.WriteLine("provider   messages/s   user µs each   bare client/s   user µs each   ratio");
        foreach (var provider in rates.GroupBy(rate => rate.Provider))
        {
            var (ours, bare) = (provider.Where(rate => !rate.IsPeer).ToList(), provider.Where(rate => rate.IsPeer).ToList());
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{provider.Key,-10} {Median(ours, rate => rate.PerSecond),10:0} {Median(ours, rate => rate.UserMicroseconds),14:0.0} {Median(bare, rate => rate.PerSecond),15:0} {Median(bare, rate => rate.UserMicroseconds),14:0.0} {Median(ours, rate => rate.PerSecond) / Median(bare, rate => rate.PerSecond),7:0.00}"));
        }
    }

    private static double Median(IEnumerable<ChannelRate> rates, Func<ChannelRate, double> of)
    {
        var sorted = rates.Select(of).Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
