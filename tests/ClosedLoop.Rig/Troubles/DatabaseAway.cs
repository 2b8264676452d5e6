using System.Diagnostics;
using ClosedLoop.Rig.Trials;
using ClosedLoop.Testing.Servers;
using Npgsql;

namespace ClosedLoop.Rig.Troubles;

/// <summary>
/// The database server crashes, is stopped, or drops every connection while mail goes out, and comes back. The service stays up: it redirects clicks meanwhile, and goes on by itself.
/// </summary>
internal sealed class DatabaseAway(Random random, double longest) : Trouble
{
    private const int Clicks = 10;

    /// <summary>From the moment the server answers again until a message gets through.</summary>
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(15);

    private readonly int _way = random.Next(3);
    private readonly double _share = 0.05 + (random.NextDouble() * 0.85);
    private readonly TimeSpan _pause = TimeSpan.FromSeconds(1 + (random.NextDouble() * (longest - 1)));

    public override async Task StrikeAsync(TrialRun run, CancellationToken over)
    {
        var server = await PostgresServer.SharedAsync();
        var messages = 1 + (int)(_share * run.Audience.Accepted.Count);
        run.Result.Moment = $"message {messages}, " + _way switch { 0 => "connections dropped", 1 => $"stopped for {_pause.TotalSeconds:0.0} s", _ => $"crashed for {_pause.TotalSeconds:0.0} s" };
        if (!await UntilAsync(() => run.Sink.Count >= messages, over)) return;
        run.Result.Struck = !run.IsSent;

        // No reply is lost and no process ends: nobody may be in doubt, so Interruptions stays 0.
        if (_way == 0)
        {
            var name = new NpgsqlConnectionStringBuilder(run.Installation.ConnectionString).Database;
            server.Execute("postgres", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        }
        else
        {
            if (_way == 1) server.Stop();
            else server.Crash();
            var back = Task.Delay(_pause, CancellationToken.None);
            try
            {
                foreach (var address in await run.Readers.ClickOnceAsync([.. run.Installation.Books.Sink().Take(Clicks)]))
                    run.Result.Broken.Add($"{address} was not redirected while the database was away");
                await back;
            }
            finally
            {
                server.StartAgain();
            }
        }

        if (!run.Result.Struck) return;
        await ResumeAsync(run, over);
    }

    private static async Task ResumeAsync(TrialRun run, CancellationToken over)
    {
        var before = run.Sink.Count;
        var clock = Stopwatch.StartNew();
        if (!await UntilAsync(() => run.Sink.Count > before || IsSent(run), over)) return;
        run.Result.Resumed.Add(clock.Elapsed.TotalSeconds);
        if (clock.Elapsed > Promised) run.Result.Broken.Add($"going on {clock.Elapsed.TotalSeconds:0.0} s after the database was there again; expected at most {Promised.TotalSeconds:0}");
    }

    private static bool IsSent(TrialRun run)
    {
        try
        {
            return run.IsSent;
        }
        catch (NpgsqlException)
        {
            // The pool of the rig holds connections of before.
            return false;
        }
    }
}
