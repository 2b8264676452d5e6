namespace ClosedLoop.Mail.Mime;

/// <summary>A Content-Type of RFC 2045 section 5.1, read leniently.</summary>
public sealed class MimeContentType
{
    private readonly Dictionary<string, string> _parameters = new(StringComparer.OrdinalIgnoreCase);

    private MimeContentType(string mediaType) => MediaType = mediaType;

    /// <summary>RFC 2045 section 5.2: what a part without the field is.</summary>
    public static MimeContentType PlainText { get; } = new("text/plain");

    /// <summary>Type and subtype in lower case.</summary>
    public string MediaType { get; }

    public string? Charset => this["charset"];

    public string? Boundary => this["boundary"];

    /// <summary>A parameter by name; null when there is none.</summary>
    public string? this[string parameter] => _parameters.GetValueOrDefault(parameter);

    public bool Is(string mediaType) => MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase);

    public bool IsKind(string type) => MediaType.StartsWith(type + "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a field value; what is no media type counts as text/plain.</summary>
    public static MimeContentType Parse(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return PlainText;
        var semicolon = value.IndexOf(';', StringComparison.Ordinal);
        var type = (semicolon < 0 ? value : value[..semicolon]).Trim();
#pragma warning disable CA1308 // Media types are written in lower case.
        var result = new MimeContentType(type.Contains('/', StringComparison.Ordinal) ? type.ToLowerInvariant() : "text/plain");
#pragma warning restore CA1308
        if (semicolon >= 0)
            result.ReadParameters(value.AsSpan(semicolon + 1));
        return result;
    }

    private void ReadParameters(ReadOnlySpan<char> rest)
    {
        while (!rest.IsEmpty)
        {
            var equals = rest.IndexOf('=');
            if (equals < 0)
                return;
            var name = rest[..equals].Trim(" \t;").ToString();
            rest = rest[(equals + 1)..].TrimStart();
            string text;
            if (!rest.IsEmpty && rest[0] == '"')
            {
                text = Quoted(ref rest);
            }
            else
            {
                var end = rest.IndexOf(';');
                text = (end < 0 ? rest : rest[..end]).Trim().ToString();
                rest = end < 0 ? default : rest[end..];
            }

            // RFC 2231 section 4: charset*=utf-8''name; for the names wanted here the part behind the quotes is plain.
            if (name.EndsWith('*') && text.LastIndexOf('\'') is >= 0 and var quote)
                text = Uri.UnescapeDataString(text[(quote + 1)..]);
            _parameters.TryAdd(name.TrimEnd('*'), text);
            var next = rest.IndexOf(';');
            rest = next < 0 ? default : rest[(next + 1)..];
        }
    }

    private static string Quoted(ref ReadOnlySpan<char> rest)
    {
        var text = new System.Text.StringBuilder();
        var i = 1;
        for (; i < rest.Length && rest[i] != '"'; i++)
        {
            if (rest[i] == '\\' && i + 1 < rest.Length)
                i++;
            text.Append(rest[i]);
        }

        rest = i < rest.Length ? rest[(i + 1)..] : default;
        return text.ToString();
    }
}
