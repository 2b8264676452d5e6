using System.CommandLine;
using System.Globalization;
using System.Text;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;
using ClosedLoop.Silo.Operator;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>top</c>: what goes on now, again and again on a terminal, once elsewhere.</summary>
internal static class TopCommand
{
    private const int Rows = 12;

    public static Command Create()
    {
        var every = new Option<double>("--every") { Description = "Seconds between two looks on a terminal.", DefaultValueFactory = _ => 2 };
        var once = new Option<bool>("--once") { Description = "One look, also on a terminal." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("top", "Queue, rates, mailings under way, files and alarms: live on a terminal, else one look.") { every, once, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var seconds = parsed.GetValue(every);
            if (seconds is not (>= 0.2 and <= 3600)) throw new CommandException(ExitCode.Usage, $"CL9619: --every {seconds}: expected 0.2 to 3600 seconds.");
            var settings = SharedOptions.Settings(parsed.GetValue(data));
            using var store = OfflineStore.Open(settings);
            if (parsed.GetValue(json)) return Look(store, settings);
            var live = !Console.IsOutputRedirected && !parsed.GetValue(once);
            (long Done, long At)? before = null;
            if (live) Console.Out.Write("\u001b[?1049h\u001b[?25l");
            try
            {
                do
                {
                    var (text, done) = Screen(store, settings, before);
                    before = (done, TimeProvider.System.GetTimestamp());

                    // Home first and clear behind each line: nothing flickers.
                    Console.Out.Write(live ? "\u001b[H" + text.Replace("\n", "\u001b[K\n", StringComparison.Ordinal) + "\u001b[J" : text);
                    if (live) await Task.Delay(TimeSpan.FromSeconds(seconds), cancellation);
                }
                while (live);
            }
            catch (OperationCanceledException)
            {
                // Ctrl-C is how one leaves.
            }
            finally
            {
                if (live) Console.Out.Write("\u001b[?25h\u001b[?1049l");
            }

            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>One look as a document.</summary>
    private static int Look(OfflineStore store, SiloSettings settings)
    {
        var (queue, checks) = (store.Get<QueueReader>().Read(), StandingChecks.Read(store));
        Output.WriteJson(new
        {
            schema = Output.Schema,
            running = OperatorAccess.IsRunning(settings),
            mode = settings.Delivery.Mode,
            waiting = queue.Waiting,
            sending = queue.Sending,
            held = checks.Held,
            alarms = checks.Alarms,
            mailings = MailingStatus.Latest(store.Get<MailingStore>(), store.Get<RecipientLedger>(), Rows),
            files = store.Get<FileRegister>().Latest(Rows / 2),
        });
        return ExitCode.Ok;
    }

    private static (string Text, long Done) Screen(OfflineStore store, SiloSettings settings, (long Done, long At)? before)
    {
        var text = new StringBuilder();
        var mailings = MailingStatus.Latest(store.Get<MailingStore>(), store.Get<RecipientLedger>(), Rows);
        var done = mailings.Sum(mailing => mailing.Counts.Sent + mailing.Counts.Failed);
        var rate = before is { } last ? Math.Max(0, done - last.Done) / Math.Max(0.001, TimeProvider.System.GetElapsedTime(last.At).TotalSeconds) : 0;
        var queue = store.Get<QueueReader>().Read();
        var checks = StandingChecks.Read(store);
        text.Append(CultureInfo.InvariantCulture, $"closedloop  {(OperatorAccess.IsRunning(settings) ? "running" : "not running")}  mode {settings.Delivery.Mode}  waiting {queue.Waiting}  sending {queue.Sending}  {(before is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{rate:0}/s"))}\n");
        if (checks.Held is { } held) text.Append("sending is HELD: ").Append(held).Append('\n');
        foreach (var alarm in checks.Alarms) text.Append("! ").Append(alarm.Message).Append('\n');
        text.Append("\nmailings\n");
        foreach (var mailing in mailings)
        {
            var closed = mailing.Accepted - mailing.Counts.Waiting - mailing.Counts.Sending;
            var bar = mailing.Accepted == 0 ? 0 : (int)(closed * 20 / mailing.Accepted);
            text.Append(CultureInfo.InvariantCulture, $"  {mailing.Id}  {mailing.State,-9} ▕{new string('█', bar)}{new string('░', 20 - bar)}▏ {closed}/{mailing.Accepted}  failed {mailing.Counts.Failed}  unknown {mailing.Counts.Unknown}  {mailing.Name}\n");
        }

        text.Append("\nfiles\n");
        foreach (var file in store.Get<FileRegister>().Latest(Rows / 2))
            text.Append(CultureInfo.InvariantCulture, $"  {file.FileId,6}  {file.State,-16} {file.Name}  {file.Imported} imported, {file.Skipped} skipped {(file.IsFailed || file.IsHeld ? file.Code : "")}\n");
        return (text.ToString(), done);
    }
}
