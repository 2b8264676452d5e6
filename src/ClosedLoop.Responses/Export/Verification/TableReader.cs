using ClosedLoop.Responses.Export.Manifests;

namespace ClosedLoop.Responses.Export.Verification;

/// <summary>Reads a fetched file by the rules of spec section 17.2, strictly: what a reader of one's own could take otherwise is a fault.</summary>
internal sealed class TableReader(string folder, ManifestDocument manifest, FaultList faults)
{
    /// <summary>Rows of a table by its columns; NULL is <c>null</c>. Rows that cannot be read are faults and left out.</summary>
    public IEnumerable<(long Number, string?[] Values)> Rows(ExportTable table)
    {
        var file = manifest.Files.First(file => file.Table == table.Key);
        string[] columns = [.. table.Columns, .. table.NamesRecipient ? manifest.ExtraFields.Select(field => "user." + field) : []];
        var number = manifest.Header ? -1 : 0;
        foreach (var line in File.ReadLines(Path.Combine(folder, file.Name)))
        {
            number++;
            if (Parse(line) is not { } values)
            {
                faults.Add("CL2913", file.Name, number, "the row is not in the dialect: a quote is open or stands within a value.");
            }
            else if (number == 0 && !values.SequenceEqual(columns, StringComparer.Ordinal))
            {
                faults.Add("CL2913", file.Name, 0, $"the header is {string.Join(';', values)}; expected {string.Join(';', columns)}.");
            }
            else if (values.Length != columns.Length)
            {
                faults.Add("CL2913", file.Name, number, FormattableString.Invariant($"the row has {values.Length} columns; expected {columns.Length}."));
            }
            else if (number > 0)
            {
                yield return (number, values);
            }
        }

        if (number != file.Rows) faults.Add("CL2913", file.Name, 0, FormattableString.Invariant($"the file has {number} rows; its manifest says {file.Rows}."));
    }

    /// <summary>The values of a line, or <c>null</c> when it breaks the grammar.</summary>
    internal static string?[]? Parse(string line)
    {
        var values = new List<string?>(10);
        var at = 0;
        while (true)
        {
            if (at < line.Length && line[at] == '"')
            {
                if (QuotedEnd(line, at) is not { } end) return null;
                values.Add(line[(at + 1)..end].Replace("\"\"", "\"", StringComparison.Ordinal));
                at = end + 1;
                if (at < line.Length && line[at] != ';') return null;
            }
            else
            {
                var end = line.IndexOf(';', at) is var found and >= 0 ? found : line.Length;
                if (line.AsSpan(at, end - at).Contains('"')) return null;
                values.Add(end == at ? null : line[at..end]);
                at = end;
            }

            if (at == line.Length) return [.. values];
            at++;
        }
    }

    /// <summary>Place of the quote that closes the value opened at <paramref name="at"/>.</summary>
    private static int? QuotedEnd(string line, int at)
    {
        while (true)
        {
            at = line.IndexOf('"', at + 1);
            if (at < 0) return null;
            if (at + 1 >= line.Length || line[at + 1] != '"') return at;
            at++;
        }
    }
}
