namespace ClosedLoop.Delivery.Channels.Http;

/// <summary>What providers say, as it may be kept: short, on one line, without the address it is about.</summary>
internal static class ProviderText
{
    private const int Longest = 200;

    public static string Clean(string text, string address)
    {
        var digits = address.TrimStart('+');
        var token = address[(address.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var clean = string.Concat(text.Take(4 * Longest).Select(c => char.IsControl(c) ? ' ' : c));
        if (token.Length > 0) clean = clean.Replace(token, "…", StringComparison.Ordinal);
        if (digits.Length > 0) clean = clean.Replace(digits, "…", StringComparison.Ordinal);
        clean = clean.Trim();
        return clean.Length <= Longest ? clean : clean[..Longest] + "…";
    }
}
