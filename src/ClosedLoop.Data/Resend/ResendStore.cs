using System.Text.Json;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Data.Resend;

/// <summary>
/// Opens a finished mailing again for some of its recipients (closed-loop spec section 14). Planning reads; opening is one transaction, which keeps what it
/// takes back: outcomes in <c>ledger_past</c>, the end of the mailing in <c>mailing_past</c>. Before it nothing has happened, after it the mailing is
/// an unfinished one like any other, so that no crash can lose or repeat a resend.
/// </summary>
public sealed class ResendStore(Database database, LedgerWriter writer, Blocklist blocklist)
{
    private const int SequencesPerStatement = 20_000;

    private const string PlanSql =
        $"""
        SELECT l.sequence, l.state, {LatestResponse.CategorySql}, r.address,
            (SELECT MIN(s.kind) FROM suppression s WHERE s.client_id = $2 AND s.address = lower(r.address)), c.hard, c.soft
        FROM ledger l JOIN recipient r ON r.mailing_id = l.mailing_id AND r.sequence = l.sequence
        LEFT JOIN bounce_counter c ON c.client_id = $2 AND c.address = lower(r.address)
        WHERE l.mailing_id = $1 ORDER BY l.sequence
        """;

    private static readonly string KeepOnSqlite = KeepSql("json_each($2)");
    private static readonly string KeepOnPostgres = KeepSql("unnest($2) AS chosen (value)");

    private static readonly string[] Reasons =
        ["sent", "soft bounce", "in doubt", "hard bounce", "failed without bounce", "suppressed", "cancelled", "blocked", "unsubscribed", "bounce limit"];

    /// <summary>Whom a resend would reach now.</summary>
    /// <param name="mailing">A mailing.</param>
    /// <param name="choice">For whom it is.</param>
    /// <param name="bounces">From how many bounces on an address gets no more mail.</param>
    public ResendPlan Plan(MailingRow mailing, ResendChoice choice, BounceSettings bounces)
    {
        ArgumentNullException.ThrowIfNull(mailing);
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(bounces);
        var blocked = blocklist.Patterns(mailing.ClientId);
        var selected = new List<ResendCandidate>();
        var leftOut = new int[Reasons.Length];
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, PlanSql);
        using var reader = statement.Query(mailing.MailingId, mailing.ClientId, long.MaxValue);
        while (reader.Read())
        {
            var category = reader.IsDBNull(2) ? -1 : reader.GetInt32(2);
            var state = (RecipientState)reader.GetInt32(1);
            string? reason = Outcome(state, category);
            if (choice.Takes(state, reason))
            {
                var kind = reader.IsDBNull(4) ? (SuppressionKind?)null : (SuppressionKind)reader.GetInt32(4);
                var (hard, soft) = reader.IsDBNull(5) ? (0, 0) : (reader.GetInt32(5), reader.GetInt32(6));
                reason = Suppression(kind, reader.GetString(3), blocked, hard >= bounces.HardLimit || soft >= bounces.SoftLimit);
            }

            if (reason is null) selected.Add(new ResendCandidate(reader.GetInt32(0), reader.GetInt32(1), category));
            else leftOut[Array.IndexOf(Reasons, reason)]++;
        }

        return new ResendPlan(selected, [.. Reasons.Zip(leftOut, KeyValuePair.Create).Where(reason => reason.Value > 0)]);
    }

    /// <summary>
    /// Finished → queued, with the planned recipients waiting again. Who has changed since the plan stays as he is.
    /// </summary>
    /// <returns>How many wait again; 0 when the mailing is not finished, was opened since, or nobody is left, and then nothing was changed.</returns>
    public Task<int> OpenAsync(MailingRow mailing, ResendPlan plan)
    {
        ArgumentNullException.ThrowIfNull(mailing);
        ArgumentNullException.ThrowIfNull(plan);
        return writer.WriteAsync(context =>
        {
            if (context.Scalar("SELECT COUNT(*) FROM mailing WHERE mailing_id = $1 AND state = $2 AND resends = $3 AND purged = 0",
                    mailing.MailingId, (int)MailingState.Finished, mailing.Resends) == 0) return 0;

            // Kept first: a row is taken back only when its outcome is safe. In few statements, because everybody's claims wait for this transaction.
            foreach (var alike in plan.Selected.GroupBy(candidate => (candidate.State, candidate.Category)))
            {
                foreach (var part in alike.Select(candidate => candidate.Sequence).Chunk(SequencesPerStatement))
                    Keep(context, mailing.MailingId, part, alike.Key.State, alike.Key.Category);
            }

            var opened = context.Execute(
                """
                UPDATE ledger SET state = 0, attempt = 0, due_at = 0, done_at = NULL, recorded = NULL, reply_code = NULL, reason = NULL
                WHERE mailing_id = $1 AND sequence IN (SELECT p.sequence FROM ledger_past p WHERE p.mailing_id = $1 AND p.taken_back = $2)
                """, mailing.MailingId, context.Stamp);
            if (opened == 0) return 0;
            context.Execute(
                """
                INSERT INTO mailing_past (mailing_id, reopened, finished_at, finished_recorded, selected, left_out)
                SELECT mailing_id, $2, finished_at, finished_recorded, $3, $4 FROM mailing WHERE mailing_id = $1
                """, mailing.MailingId, context.Stamp, opened, plan.LeftOutText);
            context.Execute(
                "UPDATE mailing SET state = $2, finished_at = NULL, finished_recorded = NULL, resent_at = NULL, resends = resends + 1 WHERE mailing_id = $1",
                mailing.MailingId, (int)MailingState.Queued);
            return opened;
        });
    }

    private static void Keep(WriteContext context, long mailingId, int[] sequences, int state, int category)
    {
        if (context.Kind == DatabaseKind.Sqlite) context.Execute(KeepOnSqlite, mailingId, JsonSerializer.Serialize(sequences), context.Stamp, state, category);
        else context.Execute(KeepOnPostgres, mailingId, Array.ConvertAll(sequences, sequence => (long)sequence), context.Stamp, state, category);
    }

    private static string KeepSql(string chosen) =>
        $"""
        INSERT INTO ledger_past (mailing_id, sequence, recorded, state, done_at, reply_code, reason, taken_back)
        SELECT l.mailing_id, l.sequence, l.recorded, l.state, l.done_at, l.reply_code, l.reason, $3
        FROM {chosen} CROSS JOIN ledger l
        WHERE l.mailing_id = $1 AND l.sequence = value AND l.state = $4 AND l.recorded IS NOT NULL AND COALESCE({LatestResponse.CategorySql}, -1) = $5
        """;

    private static string Outcome(RecipientState state, int category) => state switch
    {
        RecipientState.Suppressed => "suppressed",
        RecipientState.Cancelled => "cancelled",
        _ when category == (int)ResponseCategory.FatalBounce => "hard bounce",
        _ when category is (int)ResponseCategory.Bounce or (int)ResponseCategory.TemporaryBounce => "soft bounce",
        RecipientState.Unknown => "in doubt",
        RecipientState.Failed => "failed without bounce",
        _ => "sent",
    };

    private static string? Suppression(SuppressionKind? kind, string address, IReadOnlyList<AddressPattern> blocked, bool bounced) => kind switch
    {
        SuppressionKind.Blocked => "blocked",
        SuppressionKind.Unsubscribed => "unsubscribed",
        _ when blocked.Any(pattern => pattern.Matches(address)) => "blocked",
        _ => bounced ? "bounce limit" : null,
    };
}
