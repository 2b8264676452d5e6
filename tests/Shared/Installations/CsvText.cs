using System.Text;

namespace ClosedLoop.Testing.Installations;

/// <summary>Reads the dialect of closed-loop spec section 17 in the plainest way.</summary>
internal static class CsvText
{
    public static IReadOnlyList<IReadOnlyList<string>> Parse(string text)
    {
        var rows = new List<IReadOnlyList<string>>();
        var row = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"' && quoted && i + 1 < text.Length && text[i + 1] == '"') field.Append(text[i++]);
            else if (c == '"') quoted = !quoted;
            else if (quoted || c is not (';' or '\n')) field.Append(c);
            else
            {
                row.Add(field.ToString());
                field.Clear();
                if (c != '\n') continue;
                rows.Add(row);
                row = [];
            }
        }

        if (quoted) throw new FormatException("a quote stays open");
        return row.Count + field.Length == 0 ? rows : throw new FormatException("the last row has no end");
    }
}
