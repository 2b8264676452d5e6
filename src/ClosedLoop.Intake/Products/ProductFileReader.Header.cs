using System.Globalization;
using ClosedLoop.Model.Errors;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Products;

namespace ClosedLoop.Intake.Products;

/// <summary>The header: columns are found by heading, in whatever order.</summary>
internal sealed partial class ProductFileReader
{
    private int _headings;
    private int _idColumn = -1;

    /// <summary>Product column of each column of the file; -1 for one that is not read.</summary>
    private int[] _targets = [];

    /// <summary>Columns of the file that hold recommendations, in the order of their numbers.</summary>
    private int[] _recommended = [];

    private bool ReadHeader()
    {
        if (!_reader.Read()) return false;
        _headings = _reader.FieldCount;
        if (_headings > _client.Products.MaxColumns)
        {
            Report(ErrorCodes.E104, FileStep.Read, 0, $"the header has {_headings} columns; at most {_client.Products.MaxColumns} (products.maxColumns) are read");
            return false;
        }

        if (_reader.RecordIsFaulty) return false;
        var names = new string[_headings];
        for (var i = 0; i < names.Length; i++) names[i] = Text(i).Trim();
        if (FindRepeated(names) is { } twice)
        {
            Report(ErrorCodes.E403, FileStep.Parse, twice + 1, $"the heading of column {twice + 1} is there already");
            return false;
        }

        _idColumn = Array.FindIndex(names, name => string.Equals(name, ProductColumns.Id, StringComparison.OrdinalIgnoreCase));
        if (_idColumn < 0)
        {
            Report(ErrorCodes.E403, FileStep.Parse, 0, "the first record has no heading 'id'; expected the names of the columns");
            return false;
        }

        if (_kind == ProductKind.Products) FindProductColumns(names);
        else FindRecommendations(names);
        return true;
    }

    private void FindProductColumns(string[] names)
    {
        _targets = Array.ConvertAll(names, ProductColumns.IndexOf);
        for (var i = 0; i < names.Length; i++)
        {
            if (_targets[i] < 0) Report(ErrorCodes.W403, FileStep.Parse, i + 1, $"the heading of column {i + 1} is unknown; the column is not read");
        }
    }

    private void FindRecommendations(string[] names)
    {
        var numbered = new SortedDictionary<int, int>();
        for (var i = 0; i < names.Length; i++)
        {
            if (i == _idColumn) continue;
            if (names[i].StartsWith("rec", StringComparison.OrdinalIgnoreCase) && int.TryParse(names[i].AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number is >= 1 && number <= _client.Products.MaxColumns && numbered.TryAdd(number, i)) continue;
            Report(ErrorCodes.W403, FileStep.Parse, i + 1, $"the heading of column {i + 1} is unknown; expected rec1, rec2 and so on; the column is not read");
        }

        // A number that is left out is an empty place.
        var last = numbered.Count == 0 ? 0 : numbered.Keys.Last();
        _recommended = [.. Enumerable.Range(1, last).Select(n => numbered.GetValueOrDefault(n, -1))];
    }

    private static int? FindRepeated(string[] names)
    {
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i].Length > 0 && !known.Add(names[i])) return i;
        }

        return null;
    }
}
