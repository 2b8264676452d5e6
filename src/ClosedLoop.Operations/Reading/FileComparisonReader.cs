using System.Globalization;
using ClosedLoop.Data.Files;
using ClosedLoop.Data.Lookup;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Operations.Reading;

/// <summary>
/// Compares a file with the client's one before: who is new, who is gone, which columns changed. Two files up to <see cref="MostCompared"/> rows are compared person by person; of larger ones
/// people at equal distances are looked up in the index of addresses, so that the largest file costs no more than a thousand look-ups.
/// </summary>
internal sealed class FileComparisonReader(Tables tables, FileRowsReader rows, Figures figures)
{
    /// <summary>Rows of a file that are compared one by one.</summary>
    public const int MostCompared = 100_000;

    /// <summary>From how many rows on a sample is taken.</summary>
    internal int Whole { get; init; } = MostCompared;

    /// <summary>People of a larger file that are looked up, and rows whose columns are looked at.</summary>
    private const int Sample = 1_000;

    /// <summary>Points of a hundred from which on a column counts as changed.</summary>
    private const double Notable = 1;

    public Task<Figure<FileComparison>> CompareAsync(InboundFile file, InboundFile before)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(before);
        return figures.GetAsync(string.Create(CultureInfo.InvariantCulture, $"comparison/{file.FileId}/{file.State}/{before.FileId}"), () => Compare(file, before), MailingsReader.Patience);
    }

    private FileComparison Compare(InboundFile file, InboundFile before)
    {
        var (now, then) = (Of(file), Of(before));
        var isWhole = now.Rows <= Whole && then.Rows <= Whole;
        var (people, others) = (Look(now, isWhole), Look(then, isWhole));
        var columns = now.Columns.Union(then.Columns, StringComparer.Ordinal).Select(name => new ColumnChange(name, others.Empty(name), people.Empty(name)))
            .Where(change => Math.Abs(change.Points) >= Notable).OrderByDescending(change => Math.Abs(change.Points)).ToList();
        if (isWhole) return new FileComparison(people.Hashes.Count(hash => !others.Hashes.Contains(hash)), others.Hashes.Count(hash => !people.Hashes.Contains(hash)), columns, Sampled: null);
        return new FileComparison(Missing(people, then, now.Rows), Missing(others, now, then.Rows), columns, Sample);
    }

    private (List<MailingRow> Mailings, long Rows, string[] Columns) Of(InboundFile file)
    {
        var found = rows.Of(file.FileId).ToList();
        return (found, found.Sum(mailing => mailing.Accepted), found.Count == 0 ? [] : [.. rows.Columns(found[0]).Fields.Select(field => field.Name)]);
    }

    /// <summary>About how many people of a file another one does not have.</summary>
    private long? Missing(Looked people, (List<MailingRow> Mailings, long Rows, string[] Columns) other, long all)
    {
        if (people.Hashes.Count == 0 || other.Mailings.Count == 0) return null;
        var list = string.Join(", ", other.Mailings.Select(mailing => mailing.MailingId.ToString(CultureInfo.InvariantCulture)));

        // Who is not in the index yet would count as missing.
        if (tables.Number($"SELECT COUNT(*) FROM address_index_mark WHERE complete = 1 AND mailing_id IN ({list})") < other.Mailings.Count) return null;
        var missing = people.Hashes.Count(hash => tables.Number($"SELECT COUNT(*) FROM address_index WHERE hash = $1 AND mailing_id IN ({list})", hash) == 0);
        return all * missing / people.Hashes.Count;
    }

    private Looked Look((List<MailingRow> Mailings, long Rows, string[] Columns) file, bool isWhole)
    {
        var looked = new Looked(file.Columns);
        foreach (var mailing in file.Mailings)
        {
            if (isWhole)
            {
                tables.Each("SELECT address, fields FROM recipient WHERE mailing_id = $1", reader => looked.Add(reader.GetString(0), reader.GetFieldValue<byte[]>(1)), mailing.MailingId);
                continue;
            }

            var share = Math.Max(1, Sample * mailing.Accepted / Math.Max(1, file.Rows));
            for (var i = 0L; i < share; i++)
            {
                tables.Each(
                    "SELECT address, fields FROM recipient WHERE mailing_id = $1 AND sequence >= $2 ORDER BY sequence LIMIT 1",
                    reader => looked.Add(reader.GetString(0), reader.GetFieldValue<byte[]>(1)), mailing.MailingId, i * mailing.Accepted / share);
            }
        }

        return looked;
    }

    /// <summary>People, and how often each column is empty.</summary>
    private sealed class Looked(string[] columns)
    {
        private readonly int[] _starts = new int[columns.Length];
        private readonly int[] _lengths = new int[columns.Length];
        private readonly long[] _empty = new long[columns.Length];
        private long _rows;

        public HashSet<long> Hashes { get; } = [];

        public bool Add(string address, byte[] fields)
        {
            Hashes.Add(AddressIndex.HashOf(address));
            RecipientFields.Index(fields, _starts, _lengths);
            for (var i = 0; i < _empty.Length; i++) _empty[i] += _lengths[i] == 0 ? 1 : 0;
            _rows++;
            return true;
        }

        public double? Empty(string column)
        {
            var index = Array.IndexOf(columns, column);
            return index < 0 || _rows == 0 ? null : Math.Round(100.0 * _empty[index] / _rows, 1);
        }
    }
}
