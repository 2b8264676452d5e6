using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Operations.Reading;

/// <summary>The imported rows of a file, in the order of its mailings.</summary>
internal sealed class FileRowsReader(Tables tables, MailingStore mailings, FileRegister files, DefinitionStore definitions)
{
    /// <summary>Rows that one search looks at: what a page can wait for.</summary>
    public const int MostSearched = 100_000;

    /// <summary>How many there are.</summary>
    public long Count(long fileId) => Of(fileId).Sum(mailing => mailing.Accepted);

    /// <summary>One of them; <c>null</c> when there is none, or it was given up to retention.</summary>
    public FileRow? Find(long fileId, long row) => From(fileId, row, 1) is [var found] ? found : null;

    /// <summary>Some of them one after the other, without those that are not there.</summary>
    /// <param name="fileId">The file.</param>
    /// <param name="row">The first, from 1.</param>
    /// <param name="count">How many.</param>
    public IReadOnlyList<FileRow> From(long fileId, long row, int count)
    {
        var (found, before) = (new List<FileRow>(), 0L);
        if (row < 1) return found;
        foreach (var mailing in Of(fileId))
        {
            var (first, end, rows) = (Math.Max(0, row - before - 1), Math.Min(mailing.Accepted, row - before - 1 + count), before);
            if (first < end)
            {
                found.AddRange(tables.Read(
                    "SELECT sequence, address, fields FROM recipient WHERE mailing_id = $1 AND sequence >= $2 AND sequence < $3 ORDER BY sequence",
                    reader => new FileRow(rows + reader.GetInt32(0) + 1, mailing, reader.GetInt32(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2)), mailing.MailingId, first, end));
            }

            before += mailing.Accepted;
        }

        return found;
    }

    /// <summary>Columns of the list as they were when the file came.</summary>
    public ListDefinition Columns(MailingRow mailing)
    {
        ArgumentNullException.ThrowIfNull(mailing);
        return definitions.FindClient(mailing.ClientId, mailing.ClientVersion)?.Value.List ?? ListDefinition.Default;
    }

    /// <summary>The first row from <paramref name="from"/> on whose column is empty.</summary>
    public EmptySearch FirstEmpty(long fileId, string column, long from)
    {
        var (before, looked) = (0L, 0L);
        foreach (var mailing in Of(fileId))
        {
            var first = Math.Max(0, from - before - 1);
            var index = Columns(mailing).IndexOf(column);
            if (first < mailing.Accepted && index >= 0)
            {
                var (starts, lengths) = (new int[index + 1], new int[index + 1]);
                var found = -1L;
                var read = tables.Each(
                    "SELECT sequence, fields FROM recipient WHERE mailing_id = $1 AND sequence >= $2 ORDER BY sequence LIMIT $3",
                    reader =>
                    {
                        RecipientFields.Index(reader.GetFieldValue<byte[]>(1), starts, lengths);
                        if (lengths[index] == 0) found = reader.GetInt64(0);
                        return found < 0;
                    }, mailing.MailingId, first, MostSearched - looked);
                looked += read;
                if (found >= 0) return new EmptySearch(before + found + 1, looked, IsWhole: true);
                if (looked >= MostSearched) return new EmptySearch(Row: null, looked, IsWhole: false);
            }

            before += mailing.Accepted;
        }

        return new EmptySearch(Row: null, looked, IsWhole: true);
    }

    /// <summary>
    /// Mailings of a file, with how many recipients each has. Those of a file that was checked and is not let go yet are there for nobody else, and have no number: their positions have no gaps, so the last one tells it.
    /// </summary>
    public IReadOnlyList<MailingRow> Of(long fileId) =>
    [
        .. mailings.OfFile(fileId).Where(mailing => mailing.PurgedAt is null)
            .Select(mailing => mailing.State != MailingState.Importing ? mailing : mailing with { Accepted = IsRead(fileId) ? tables.Number("SELECT COALESCE(MAX(sequence), -1) FROM recipient WHERE mailing_id = $1", mailing.MailingId) + 1 : 0 })
            .Where(mailing => mailing.Accepted > 0),
    ];

    private bool IsRead(long fileId) => files.Find(fileId) is { State: not FileState.Claimed };
}
