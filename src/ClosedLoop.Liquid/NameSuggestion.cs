namespace ClosedLoop.Liquid;

/// <summary>The column a mistyped name probably meant.</summary>
internal static class NameSuggestion
{
    public static string For(string name, LiquidSchema schema)
    {
        string? best = null;
        var bestDistance = 3;
        foreach (var slot in schema.Slots)
        {
            var distance = Distance(name, slot.Path);
            if (distance < bestDistance)
            {
                (best, bestDistance) = (slot.Path, distance);
            }
        }

        return best is null ? "a column of the recipient list or a name of the mailing's data" : $"perhaps '{best}'";
    }

    private static int Distance(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > 2 || left.Length > 100)
        {
            return int.MaxValue;
        }

        var row = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                var replace = diagonal + (char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1);
                row[j] = Math.Min(replace, Math.Min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }

        return row[right.Length];
    }
}
