using ClosedLoop.Delivery;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Operations;

/// <summary>The folder of the built-in sink. Its ledger is read on from where the last look ended.</summary>
internal sealed class SinkBox(SiloSettings settings) : ISinkBox
{
    /// <summary>Newest records kept for looking at; the ledger itself has all.</summary>
    private const int MostKept = 20_000;

    private readonly Lock _gate = new();
    private List<SinkRecord> _records = [];
    private (long Length, DateTime Written) _seen;

    public bool IsThere => settings.Delivery.Mode == DeliveryMode.Sink;

    private string LedgerPath => SinkService.LedgerPath(settings);

    public IReadOnlyList<SinkMail> Page(long before, int limit, string? search) =>
        [.. Newest().Where(record => record.N < before && Fits(record, search)).Take(limit).Select(Show)];

    public SinkMail? Find(long number) => Newest().Find(record => record.N == number) is { } record ? Show(record) : null;

    public ReadOnlyMemory<byte>? Raw(long number) => Newest().Find(record => record.N == number) is { File: not null } record ? SinkLedger.ReadMessage(LedgerPath, record) : null;

    private List<SinkRecord> Newest()
    {
        lock (_gate)
        {
            var file = new FileInfo(LedgerPath);
            var seen = file.Exists ? (file.Length, file.LastWriteTimeUtc) : default;
            if (seen != _seen)
            {
                _records = [.. SinkLedger.Read(LedgerPath).TakeLast(MostKept).Reverse()];
                _seen = seen;
            }

            return _records;
        }
    }

    private static bool Fits(SinkRecord record, string? search) => string.IsNullOrWhiteSpace(search)
        || record.To.Any(to => to.Contains(search.Trim(), StringComparison.OrdinalIgnoreCase))
        || record.Subject?.Contains(search.Trim(), StringComparison.OrdinalIgnoreCase) == true;

    private static SinkMail Show(SinkRecord record) => new(
        record.N, new DateTimeOffset(DateTime.SpecifyKind(record.At, DateTimeKind.Utc)), record.From, string.Join(", ", record.To), record.MessageId, record.Subject, record.Bytes, record.File is not null);
}
