using System.CommandLine;
using System.Globalization;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>--wait</c> and <c>--timeout</c> of verbs that set a mailing going.</summary>
internal sealed class Waiting
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly Option<bool> _wait = new("--wait") { Description = "Waits until everybody has an outcome; exit code 11 when it is cancelled meanwhile." };
    private readonly Option<int> _timeout = SharedOptions.TimeOut("How long to wait");

    public void AddTo(Command command)
    {
        command.Options.Add(_wait);
        command.Options.Add(_timeout);
    }

    /// <summary>Waits for the end of a mailing when that is wanted and the command before it went well.</summary>
    public async Task<int> ForAsync(ParseResult parsed, SiloSettings settings, long mailingId, int code, CancellationToken cancellation)
    {
        if (code != ExitCode.Ok || !parsed.GetValue(_wait)) return code;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(parsed.GetValue(_timeout)));
        try
        {
            return await EndAsync(settings, mailingId, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new CommandException(ExitCode.TimeOut, string.Create(CultureInfo.InvariantCulture, $"CL9681: mailing {mailingId} is not at its end after {parsed.GetValue(_timeout)} seconds; it goes on without being watched."));
        }
    }

    private static async Task<int> EndAsync(SiloSettings settings, long mailingId, CancellationToken cancellation)
    {
        using var store = OfflineStore.Open(settings);
        var (mailings, ledger) = (store.Get<MailingStore>(), store.Get<RecipientLedger>());
        var progress = new ProgressLine("done", TimeProvider.System);
        while (true)
        {
            var state = mailings.Find(mailingId)?.State;
            var counts = ledger.Count(mailingId);
            progress.Show(counts.Total - counts.Waiting - counts.Sending, counts.Total);
            if (state is null or MailingState.Finished or MailingState.Cancelled)
            {
                progress.End();
                return state == MailingState.Finished ? ExitCode.Ok : ExitCode.Partial;
            }

            await Task.Delay(Look, cancellation);
        }
    }
}
