using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Intake.Guards;

/// <summary>How many values of each column are empty.</summary>
internal sealed class EmptyCount(ListDefinition list)
{
    private readonly int[] _starts = new int[list.Fields.Count];
    private readonly int[] _lengths = new int[list.Fields.Count];
    private readonly long[] _empty = new long[list.Fields.Count];
    private long _rows;

    /// <returns>The first column that is empty here and nowhere before, or -1.</returns>
    public int Add(ReadOnlySpan<byte> fields)
    {
        RecipientFields.Index(fields, _starts, _lengths);
        _rows++;
        var first = -1;
        for (var i = 0; i < _empty.Length; i++)
        {
            if (_lengths[i] == 0 && _empty[i]++ == 0 && first < 0) first = i;
        }

        return first;
    }

    public Dictionary<string, double> Percent() => list.Fields.Index().ToDictionary(field => field.Item.Name, field => _rows == 0 ? 0 : Math.Round(100.0 * _empty[field.Index] / _rows, 1), StringComparer.Ordinal);
}
