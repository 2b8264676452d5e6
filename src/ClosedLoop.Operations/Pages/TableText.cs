using System.Text;

namespace ClosedLoop.Operations.Pages;

/// <summary>Tables to be taken away (RFC 4180), for a spreadsheet.</summary>
internal static class TableText
{
    public static string Of(IEnumerable<string> header, IEnumerable<IEnumerable<string?>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(header)) text.AppendJoin(',', row.Select(Field)).Append("\r\n");
        return text.ToString();
    }

    private static string Field(string? value)
    {
        var text = value ?? "";

        // A spreadsheet takes such a field for a formula, and what stands here was written by strangers.
        if (text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..]) text = "'" + text;
        return text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }
}
