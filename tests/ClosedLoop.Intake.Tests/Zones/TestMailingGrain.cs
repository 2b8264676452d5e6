using System.Globalization;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Grains;
using ClosedLoop.Grains.Embedded;
using ClosedLoop.Grains.Mailings;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Intake.Tests.Zones;

/// <summary>Queues and cancels, sends nothing.</summary>
public sealed class TestMailingGrain(MailingStore mailings) : Grain, IMailingGrain
{
    private long Id => long.Parse(this.GetPrimaryKeyString(), CultureInfo.InvariantCulture);

    public Task StartAsync() => mailings.MoveAsync(Id, MailingState.Queued, MailingState.Prepared);

    public Task HastenAsync() => Task.CompletedTask;

    public Task WatchAsync() => Task.CompletedTask;

    public Task ExtendedAsync(int number) => Task.CompletedTask;

    public Task<bool> CancelAsync(string reason) => mailings.MoveAsync(Id, MailingState.Cancelled, MailingState.Prepared);

    public Task<bool> PauseAsync(string reason) => Task.FromResult(false);

    public Task<bool> ResumeAsync() => Task.FromResult(false);

    public Task<OperatorAnswer> ResendAsync(bool soft, bool unknown, bool dryRun) => Task.FromResult(new OperatorAnswer(Done: false, "no"));

    public Task<RetryAnswer> RetryFailedAsync(bool refused, bool dryRun) => Task.FromResult(new RetryAnswer(Done: false, Possible: false, 0, "no"));

    public Task BatchDoneAsync(BatchReport report) => Task.CompletedTask;

    public Task<MailingProgress> GetProgressAsync() => Task.FromResult(new MailingProgress("Queued", 0, 0, null));
}
