using ClosedLoop.Data.Inbound;
using ClosedLoop.Mail.Inbound;
using ClosedLoop.Model;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Responses.Inbound;

/// <summary>Fetches from a POP3 box: each mail is deleted there after it is registered here.</summary>
public sealed partial class Pop3Entry(InboundMailbox mailbox, InboundStore store, InboundOptions options, TimeProvider time, ILogger<Pop3Entry> logger) : BackgroundService
{
    private readonly ILogger _logger = logger;
    private readonly HashSet<string> _tooLarge = new(StringComparer.Ordinal);

    /// <summary>Fetches what is there now.</summary>
    /// <returns>How many mails were taken.</returns>
    public async Task<int> FetchAsync(CancellationToken cancellation)
    {
        var box = options.Pop3!;
        var source = $"pop3:{box.User}@{box.Host}";
        var connection = await Pop3Client.ConnectAsync(box, cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var taken = 0;
            foreach (var item in await connection.ListAsync(cancellation).ConfigureAwait(false))
            {
                // A crash or a lost session between registering and QUIT leaves the mail there: it is known by its UIDL and only deleted.
                if (!store.IsKnown(source, item.Uid))
                {
                    if (_tooLarge.Contains(item.Uid)) continue;
                    if (item.Size > options.MaxMessageBytes)
                    {
                        SkipFromNowOn(source, item);
                        continue;
                    }

                    ReadOnlyMemory<byte> raw;
                    try
                    {
                        raw = await connection.RetrieveAsync(item.Number, options.MaxMessageBytes, cancellation).ConfigureAwait(false);
                    }
                    catch (Pop3Exception e) when (e.IsTooLarge)
                    {
                        // LIST said less than came. The session is lost in the middle of the mail; the next one goes round it, or nothing behind it would ever be fetched.
                        SkipFromNowOn(source, item);
                        return taken;
                    }

                    await mailbox.AcceptAsync(source, item.Uid, raw).ConfigureAwait(false);
                    taken++;
                }

                await connection.DeleteAsync(item.Number, cancellation).ConfigureAwait(false);
            }

            // RFC 1939 section 6: the server deletes at QUIT, and keeps all when the session ends otherwise.
            await connection.QuitAsync(cancellation).ConfigureAwait(false);
            return taken;
        }
    }

    private void SkipFromNowOn(string source, Pop3Item item)
    {
        _tooLarge.Add(item.Uid);
        LogTooLarge(source, item.Uid, item.Size, options.MaxMessageBytes);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Pop3 is null ? Task.CompletedTask : RecurringWork.RunAsync(FetchAsync, options.PollInterval, time, LogFailed, stoppingToken);
}
