using System.Buffers;
using System.Text;

namespace ClosedLoop.Data.Ledger;

/// <summary>Fills a ledger without a file.</summary>
internal static class LedgerFilling
{
    /// <summary>Writes recipients of one mailing from a sequence on, in as many blocks as it takes.</summary>
    public static async Task ImportAsync(this RecipientLedger ledger, long mailingId, int firstSequence, IReadOnlyList<ImportedRecipient> rows)
    {
        using var block = new RecipientBlock();
        foreach (var part in rows.Index().Chunk(RecipientLedger.ImportBlock))
        {
            block.Clear();
            foreach (var (index, row) in part)
            {
                var start = block.Position;
                block.Write(Encoding.UTF8.GetBytes(row.Address));
                var fields = block.Position;
                block.Write(row.Fields);
                block.Add(new BlockRow(0, firstSequence + index, start, fields - start, fields, row.Fields.Length));
            }

            await ledger.ImportAsync(block, [mailingId]);
        }
    }
}
