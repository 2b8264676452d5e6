using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Responses.Export.Csv;

namespace ClosedLoop.Responses.Export;

/// <summary>
/// Recipient fields at the end of a row (spec section 16.4). Which place a field has is decided by the list the mailing was imported with, because lists change.
/// </summary>
/// <param name="names">Internal names.</param>
/// <param name="listOf">The list of a version of the client.</param>
internal sealed class ExtraColumns(IReadOnlyList<string> names, Func<int, ListDefinition> listOf)
{
    private readonly Dictionary<int, int[]> _placesOf = [];
    private int _version = -1;
    private int[] _places = [];
    private int[] _starts = [];
    private int[] _lengths = [];

    public bool Any => names.Count > 0;

    /// <summary>Headings.</summary>
    public IEnumerable<string> Headings => names.Select(name => "user." + name);

    /// <summary>Writes the fields of one recipient; NULL for one that the list of the mailing does not have.</summary>
    /// <param name="version">Version of the client when the mailing was imported.</param>
    /// <param name="fields">The recipient's stored columns.</param>
    /// <param name="rows">Where they are written to.</param>
    public void Write(int version, ReadOnlySpan<byte> fields, CsvRows rows)
    {
        if (!Any) return;
        if (version != _version) Use(version);
        RecipientFields.Index(fields, _starts, _lengths);
        foreach (var place in _places)
        {
            if (place < 0 || _starts[place] < 0) rows.Null();
            else rows.Text(fields.Slice(_starts[place], _lengths[place]));
        }
    }

    private void Use(int version)
    {
        if (!_placesOf.TryGetValue(version, out var places))
        {
            var list = listOf(version);
            _placesOf.Add(version, places = [.. names.Select(list.IndexOf)]);
        }

        (_version, _places) = (version, places);
        Array.Resize(ref _starts, places.Max() + 1);
        Array.Resize(ref _lengths, places.Max() + 1);
    }
}
