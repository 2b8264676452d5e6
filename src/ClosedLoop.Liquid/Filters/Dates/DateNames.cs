namespace ClosedLoop.Liquid.Filters.Dates;

/// <summary>English names of months and days; dates in templates are not translated.</summary>
internal static class DateNames
{
    public static string[] Months { get; } =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    public static string[] Days { get; } = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    /// <summary>The month's number by the first three letters of a word, 0 when it is no month.</summary>
    public static int MonthOf(ReadOnlySpan<char> word) => 1 + IndexOf(Months, word);

    private static int IndexOf(string[] names, ReadOnlySpan<char> word)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (word.Length >= 3 && names[i].AsSpan().StartsWith(word[..3], StringComparison.OrdinalIgnoreCase)
                && (word.Length == 3 || names[i].AsSpan().StartsWith(word, StringComparison.OrdinalIgnoreCase) || (word.Length == 4 && word[3] is 's' or 'S')))
            {
                return i;
            }
        }

        return -1;
    }
}
