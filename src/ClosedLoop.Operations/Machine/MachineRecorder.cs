using System.Diagnostics;
using ClosedLoop.Model;
using Microsoft.Extensions.Hosting;

namespace ClosedLoop.Operations.Machine;

/// <summary>
/// Keeps the last hour of the process itself. It asks the runtime for a handful of numbers and nobody else: neither the database nor another process, so that there is an hour to look at when somebody comes to look.
/// </summary>
internal sealed class MachineRecorder(TimeProvider time) : BackgroundService
{
    /// <summary>Points kept.</summary>
    public const int Kept = 240;

    public static readonly TimeSpan Step = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly Queue<MachinePoint> _points = new();
    private (long At, TimeSpan Processor, TimeSpan Paused) _before;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<MachinePoint> Points()
    {
        lock (_gate) return [.. _points];
    }

    /// <summary>Takes a point.</summary>
    public async Task RecordAsync()
    {
        var waited = Stopwatch.StartNew();
        await Task.Run(waited.Stop);
        var queued = ThreadPool.PendingWorkItemCount;
        using var process = Process.GetCurrentProcess();
        var (now, processor, paused) = (time.NowMicroseconds(), process.TotalProcessorTime, GC.GetTotalPauseDuration());
        lock (_gate)
        {
            var span = Math.Max(1, now - _before.At);
            if (_before.At > 0)
            {
                _points.Enqueue(new MachinePoint(
                    now, Share((processor - _before.Processor).TotalMicroseconds / Environment.ProcessorCount, span), process.WorkingSet64, GC.GetGCMemoryInfo().HeapSizeBytes,
                    Share((paused - _before.Paused).TotalMicroseconds, span), waited.Elapsed, queued));
                if (_points.Count > Kept) _points.Dequeue();
            }

            _before = (now, processor, paused);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Step, time);
        do
        {
            await RecordAsync();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static double Share(double part, double whole) => Math.Clamp(part / whole, 0, 1);
}
