using System.Text.RegularExpressions;

namespace ClosedLoop.Data.Privacy;

/// <summary>What operators did about the person: the rows stay, because they tell of the operators, and name the person by keyed hash.</summary>
public sealed partial class PersonErasure
{
    /// <summary>Stands before the hash that replaces an address in the audit.</summary>
    public const string Mark = "erased:";

    private static readonly string[] AuditTexts = ["subject", "answer", "reason", "before", "after"];

    /// <returns>Rows of the audit that named the person.</returns>
    private static int ForgetActions(WriteContext context, long clientId, string folded, string hash)
    {
        var found = context.Kind == DatabaseKind.Postgres ? "position($2 IN lower({0})) > 0" : "instr(lower({0}), $2) > 0";
        var any = string.Join(" OR ", AuditTexts.Select(column => string.Format(System.Globalization.CultureInfo.InvariantCulture, found, column)));
        var rows = new List<(long Id, string?[] Texts)>();
        using (var reader = context.Statement($"SELECT audit_id, {string.Join(", ", AuditTexts)} FROM audit WHERE (client_id = $1 OR client_id IS NULL) AND ({any})").Query(clientId, folded))
        {
            while (reader.Read()) rows.Add((reader.GetInt64(0), [.. Enumerable.Range(1, AuditTexts.Length).Select(i => reader.IsDBNull(i) ? null : reader.GetString(i))]));
        }

        // The address as a whole: joanna@example.com is somebody else than anna@example.com.
        var whole = new Regex(@"(?<![\p{L}\p{Nd}._%+-])" + Regex.Escape(folded) + @"(?![\p{L}\p{Nd}_-]|\.[\p{L}\p{Nd}])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        var named = 0;
        foreach (var (id, texts) in rows)
        {
            var clean = texts.Select(text => text is null ? null : whole.Replace(text, Mark + hash)).ToArray();
            if (clean.SequenceEqual(texts, StringComparer.Ordinal)) continue;
            context.Execute("UPDATE audit SET subject = $2, answer = $3, reason = $4, before = $5, after = $6 WHERE audit_id = $1", id, clean[0], clean[1], clean[2], clean[3], clean[4]);
            named++;
        }

        context.Execute("UPDATE bulk_item SET subject = $2, answer = NULL WHERE lower(subject) = $1", folded, Mark + hash);

        // Answers kept for a request that is sent twice: they are of one day, and may go.
        context.Execute($"DELETE FROM idempotency WHERE {string.Format(System.Globalization.CultureInfo.InvariantCulture, found.Replace("$2", "$1", StringComparison.Ordinal), "body")}", folded);
        return named;
    }
}
