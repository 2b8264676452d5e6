using ClosedLoop.Mail.Inbound;
using ClosedLoop.Model;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Responses.Inbound;

/// <summary>Reads a Maildir: what lies in <c>new/</c> is taken and then moved to <c>cur/</c>; a mail above the limit stays in <c>new/</c>, where a higher limit takes it.</summary>
public sealed partial class MaildirEntry(InboundMailbox mailbox, InboundOptions options, TimeProvider time, ILogger<MaildirEntry> logger) : BackgroundService
{
    private readonly ILogger _logger = logger;
    private readonly HashSet<string> _tooLarge = new(StringComparer.Ordinal);

    /// <summary>Takes what is there now.</summary>
    /// <returns>How many mails were taken.</returns>
    public async Task<int> ReadAsync(CancellationToken cancellation)
    {
        var reader = new MaildirReader(options.Maildir!, options.MaxMessageBytes);
        var taken = 0;
        foreach (var name in reader.New())
        {
            if (cancellation.IsCancellationRequested) break;
            if (reader.Read(name) is not { } raw)
            {
                if (_tooLarge.Add(name)) LogTooLarge(name, reader.SizeOf(name), options.MaxMessageBytes);
                continue;
            }

            await mailbox.AcceptAsync("maildir", MaildirReader.UniqueOf(name), raw).ConfigureAwait(false);

            // Only now: a mail moved before it is registered would be lost with the power.
            reader.Seen(name, time.GetUtcNow());
            taken++;
        }

        return taken;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Maildir is null ? Task.CompletedTask : RecurringWork.RunAsync(ReadAsync, options.PollInterval, time, LogFailed, stoppingToken);
}
