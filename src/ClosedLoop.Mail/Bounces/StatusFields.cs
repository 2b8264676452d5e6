namespace ClosedLoop.Mail.Bounces;

/// <summary>One group of fields of a machine-readable report (RFC 3464 section 2.1, RFC 5965 section 3).</summary>
internal sealed class StatusFields
{
    private readonly List<KeyValuePair<string, string>> _fields = [];

    public bool IsEmpty => _fields.Count == 0;

    /// <summary>The first field of that name; null when there is none.</summary>
    public string? this[string name] => All(name).FirstOrDefault();

    public IEnumerable<string> All(string name) => _fields.Where(f => f.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(f => f.Value);

    public bool Has(string name) => this[name] is not null;

    /// <summary>Groups are parted by blank lines; lines that are no fields are passed over.</summary>
    public static List<StatusFields> Parse(string text)
    {
        var groups = new List<StatusFields>();
        var current = new StatusFields();
        string? name = null;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            var line = raw.TrimEnd();
            if (line.IsEmpty)
            {
                name = null;
                if (!current.IsEmpty)
                {
                    groups.Add(current);
                    current = new StatusFields();
                }

                continue;
            }

            if (char.IsWhiteSpace(line[0]) && name is not null)
            {
                current.Continue(line.Trim());
                continue;
            }

            line = line.TrimStart();
            var colon = line.IndexOf(':');
            if (colon <= 0 || line[..colon].ContainsAny(" \t<>@"))
            {
                // Sendmail once broke long Diagnostic-Codes without indenting what follows.
                if (name is not null && name.Equals("Diagnostic-Code", StringComparison.OrdinalIgnoreCase))
                    current.Continue(line);
                continue;
            }

            name = line[..colon].ToString();

            // Writers that leave the blank lines out begin a new recipient with the same field again.
            if (current.Has(name) && name.EndsWith("-Recipient", StringComparison.OrdinalIgnoreCase))
            {
                groups.Add(current);
                current = new StatusFields();
            }

            current._fields.Add(new(name, line[(colon + 1)..].Trim().ToString()));
        }

        if (!current.IsEmpty)
            groups.Add(current);
        return groups;
    }

    private void Continue(ReadOnlySpan<char> more)
    {
        var (key, value) = _fields[^1];
        if (value.Length < 8192)
            _fields[^1] = new(key, $"{value} {more}");
    }
}
