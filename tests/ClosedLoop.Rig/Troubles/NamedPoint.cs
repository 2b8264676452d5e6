using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Testing;
using ClosedLoop.Rig.Trials;

namespace ClosedLoop.Rig.Troubles;

/// <summary>The service kills itself at a named point. Two points are reached only when somebody asks for something while mail goes out.</summary>
internal sealed class NamedPoint(Trial trial, Random random) : Trouble
{
    private readonly double _share = 0.05 + (random.NextDouble() * 0.3);

    public override string KillAt => FormattableString.Invariant($"{trial.Point}:{trial.Nth}");

    public override async Task StrikeAsync(TrialRun run, CancellationToken over)
    {
        run.Result.Moment = KillAt;
        if (trial.Point is not (KillPoint.Draining or KillPoint.GrainStateWrite)) return;
        if (!await UntilAsync(() => run.Sink.Count >= _share * run.Audience.Accepted.Count, over)) return;
        if (trial.Point == KillPoint.Draining) await run.Service.TerminateAsync();
        else await PauseAndResumeAsync(run, over);
    }

    /// <summary>Both are decisions of the mailing's grain, which writes its state. Asked again until they are done, through a death too.</summary>
    private static async Task PauseAndResumeAsync(TrialRun run, CancellationToken over)
    {
        var books = run.Installation.Books;
        var mailing = books.Scalar("SELECT MAX(mailing_id) FROM mailing");
        MailingState State() => (MailingState)books.Scalar("SELECT state FROM mailing WHERE mailing_id = $1", mailing);
        while (State() is MailingState.Queued or MailingState.Sending && !over.IsCancellationRequested) await AskAsync(run, mailing, "pause");
        while (State() == MailingState.Paused && !over.IsCancellationRequested) await AskAsync(run, mailing, "resume");
    }

    private static async Task AskAsync(TrialRun run, long mailing, string what)
    {
        try
        {
            using var response = await run.Service.Process.SendAsync(HttpMethod.Post, FormattableString.Invariant($"/api/v1/mailings/{mailing}/{what}"));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException or ObjectDisposedException)
        {
            await Task.Delay(20, CancellationToken.None);
        }
    }
}
