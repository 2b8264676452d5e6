namespace ClosedLoop.Operations.Reading;

/// <summary>
/// Who has seen what. It stands in the audit and nowhere else: it changes nothing but what others know, and is over by itself when the thing is, because one that comes again is younger.
/// </summary>
internal sealed class AcknowledgementReader(Tables tables)
{
    /// <summary>What the audit calls it.</summary>
    public const string Action = "attention.acknowledge";

    /// <summary>Items whose audit is looked at; whoever has more of them has other worries.</summary>
    private const int Most = 200;

    /// <summary>What the audit calls the thing.</summary>
    public static string SubjectOf(string key) => "attention/" + key;

    /// <summary>The same items, with who has seen them since they began.</summary>
    public IEnumerable<AttentionItem> With(IReadOnlyList<AttentionItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        if (items.Count == 0) return items;
        object?[] subjects = [.. items.Take(Most).Select(item => SubjectOf(item.Key)).Distinct(StringComparer.Ordinal)];
        var list = string.Join(", ", Enumerable.Range(1, subjects.Length).Select(i => FormattableString.Invariant($"${i}")));
        var seen = new Dictionary<string, Acknowledgement>(StringComparer.Ordinal);
        foreach (var (subject, found) in tables.Read(
            $"SELECT subject, actor, occurred_at FROM audit WHERE subject IN ({list}) AND action = '{Action}' AND done = 1 ORDER BY audit_id",
            reader => (reader.GetString(0), new Acknowledgement(reader.GetString(1), reader.GetInt64(2))), subjects))
        {
            seen[subject] = found;
        }

        return items.Select(item => seen.GetValueOrDefault(SubjectOf(item.Key)) is { } found && found.At >= item.Since ? item with { Seen = found } : item);
    }
}
