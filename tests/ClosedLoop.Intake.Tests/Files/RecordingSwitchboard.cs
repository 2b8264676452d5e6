using ClosedLoop.Data.Mailings;
using ClosedLoop.Intake.Files;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Intake.Tests.Files;

/// <summary>Behaves as the grains do towards the database, and remembers what was asked.</summary>
internal sealed class RecordingSwitchboard(MailingStore mailings) : IIntakeSwitchboard
{
    public List<long> Started { get; } = [];

    public List<string> Stops { get; } = [];

    public bool Stopped { get; set; }

    public Exception? StartFault { get; set; }

    /// <summary>Starts that succeed before <see cref="StartFault"/> is thrown.</summary>
    public int StartsBeforeFault { get; set; }

    public async Task StartMailingAsync(long mailingId)
    {
        if (StartFault is { } fault && StartsBeforeFault-- <= 0) throw fault;
        Assert.True(await mailings.MoveAsync(mailingId, MailingState.Queued, MailingState.Prepared));
        Started.Add(mailingId);
    }

    public Task CancelMailingAsync(long mailingId, string reason) =>
        mailings.MoveAsync(mailingId, MailingState.Cancelled, MailingState.Prepared);

    public Task StopFolderAsync(string clientKey, string reason)
    {
        Stopped = true;
        Stops.Add(reason);
        return Task.CompletedTask;
    }

    public Task ResumeFolderAsync(string clientKey)
    {
        Stopped = false;
        return Task.CompletedTask;
    }
}
