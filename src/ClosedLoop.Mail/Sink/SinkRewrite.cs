using System.Text.Json;

namespace ClosedLoop.Mail.Sink;

/// <summary>Takes messages out of what a sink keeps, while no sink has it open.</summary>
public static class SinkRewrite
{
    /// <summary>Keeps the records that pass, in order and numbered anew, and their messages. Nothing is written when all pass.</summary>
    /// <param name="ledgerPath">The ledger; its store is the file beside it.</param>
    /// <param name="keep">Which records stay.</param>
    /// <returns>How many went.</returns>
    public static int Keep(string ledgerPath, Func<SinkRecord, bool> keep)
    {
        ArgumentNullException.ThrowIfNull(ledgerPath);
        ArgumentNullException.ThrowIfNull(keep);
        var records = SinkLedger.Read(ledgerPath);
        var kept = records.Where(keep).ToList();
        if (kept.Count == records.Count) return 0;
        var store = ledgerPath + ".store";
        using (var ledger = File.Create(ledgerPath + ".new"))
        using (var messages = File.Create(store + ".new"))
        {
            foreach (var (index, record) in kept.Index())
            {
                long? offset = null;
                if (record.File is not null && record.Offset is not null)
                {
                    offset = messages.Position;
                    messages.Write(SinkLedger.ReadMessage(ledgerPath, record));
                }

                JsonSerializer.Serialize(ledger, record with { N = index + 1, Offset = offset }, SinkJson.Default.SinkRecord);
                ledger.WriteByte((byte)'\n');
            }

            messages.Flush(flushToDisk: true);
            ledger.Flush(flushToDisk: true);
        }

        // The store first: a ledger that points behind the end of its store would be a lie, one whose messages are too many is not; a crash between the two costs the
        // sink its trial mail, and nobody else anything.
        if (File.Exists(store)) File.Move(store + ".new", store, overwrite: true);
        else File.Delete(store + ".new");
        File.Move(ledgerPath + ".new", ledgerPath, overwrite: true);
        return records.Count - kept.Count;
    }
}
