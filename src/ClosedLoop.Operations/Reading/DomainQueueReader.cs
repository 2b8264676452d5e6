using System.Globalization;
using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Delivery;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Operations.Reading;

/// <summary>
/// What waits for which domain, and what the domain said. A mailing of up to <see cref="Looked"/> recipients is read whole; of a larger one stretches at equal distances are, and the
/// numbers are multiplied: the largest mailing costs as much as one of that size.
/// </summary>
internal sealed class DomainQueueReader(Tables tables, MailingStore mailings, DefinitionStore definitions, LaneStore lanes, LaneLimitStore limits, Figures figures, TimeProvider time)
{
    /// <summary>Recipients of a mailing that are looked at.</summary>
    public const int Looked = 50_000;

    /// <summary>From how many recipients on stretches are read.</summary>
    internal int Whole { get; init; } = Looked;

    private const int Stretches = 50;
    private const int MostMailings = 20;
    private const int MostLines = 50;

    public Task<Figure<QueueLines>> ReadAsync(long? clientId) => figures.GetAsync(string.Create(CultureInfo.InvariantCulture, $"queues/{clientId}"), () => Read(clientId), MailingsReader.Patience);

    private QueueLines Read(long? clientId)
    {
        var under = new[] { MailingState.Sending, MailingState.Paused }.SelectMany(state => mailings.InState(state)).Where(row => clientId is null || row.ClientId == clientId)
            .OrderByDescending(row => row.MailingId).Take(MostMailings).ToList();
        var sums = new Dictionary<(long Client, string Domain), Sum>();
        foreach (var row in under) Add(row, sums);
        var now = time.NowMicroseconds();
        var clients = under.Select(row => row.ClientId).Distinct().ToDictionary(id => id, id => definitions.FindClient(id)!);
        var rules = clients.ToDictionary(client => client.Key, client => LaneRules.Of(limits.All(), key => key == client.Value.Value.Key, now).Concat(LaneRules.Of(client.Value.Value, client.Value.Version)).ToList());
        var holds = lanes.All().Where(hold => hold.Until > now).ToList();
        var lines = sums.Select(sum => new QueueLine(
            clients[sum.Key.Client].Value.Key, sum.Key.Domain, sum.Value.Ready, sum.Value.Delayed, sum.Value.Until, sum.Value.InFlight, sum.Value.Accepted, sum.Value.Temporary, sum.Value.Permanent, sum.Value.Error,
            sum.Value.Since, Rule(rules[sum.Key.Client], sum.Key.Domain))
        {
            Hold = holds.Find(hold => hold.Name.Split('/') is [var key, _, .. var rest] && key == clients[sum.Key.Client].Value.Key && (rest.Length == 0 || rest[0] == sum.Key.Domain)),
        });
        return new QueueLines(
            [.. lines.OrderByDescending(line => line.Ready + line.Delayed + line.InFlight).ThenByDescending(line => line.Accepted).ThenBy(line => line.Domain, StringComparer.Ordinal).Take(MostLines)],
            under.Exists(row => row.Accepted > Whole));
    }

    private void Add(MailingRow row, Dictionary<(long Client, string Domain), Sum> sums)
    {
        var isWhole = row.Accepted <= Whole;
        var stretches = isWhole ? 1 : Stretches;
        var length = isWhole ? Math.Max(row.Accepted, 1) : Math.Max(1, Whole / Stretches);
        var weight = isWhole ? 1 : (double)row.Accepted / (stretches * length);
        for (var i = 0; i < stretches; i++)
        {
            var first = i * row.Accepted / stretches;
            foreach (var part in tables.Read(
                $"""
                SELECT lower({tables.DomainOf("r.address")}), l.state, CASE WHEN l.state = 0 AND l.due_at > $4 THEN 1 ELSE 0 END, COALESCE(l.reply_code, 0) / 100,
                    COUNT(*), MIN(CASE WHEN l.due_at > $4 THEN l.due_at END), MAX(COALESCE(l.recorded, 0)), MAX(CASE WHEN l.state <> 2 THEN l.reason END)
                FROM ledger l JOIN recipient r ON r.mailing_id = l.mailing_id AND r.sequence = l.sequence
                WHERE l.mailing_id = $1 AND l.sequence >= $2 AND l.sequence < $3 GROUP BY 1, 2, 3, 4
                """,
                reader => (Domain: reader.GetString(0), State: (RecipientState)reader.GetInt32(1), IsLater: reader.GetInt32(2) == 1, Reply: reader.GetInt64(3), Count: reader.GetInt64(4), Until: reader.Number(5), At: reader.GetInt64(6), Reason: reader.Text(7)),
                row.MailingId, first, first + length, time.NowMicroseconds()))
            {
                if (!sums.TryGetValue((row.ClientId, part.Domain), out var sum)) sums[(row.ClientId, part.Domain)] = sum = new Sum();
                sum.Add(part.State, part.IsLater, part.Reply, (long)Math.Round(part.Count * weight), part.Until, part.At, part.Reason, row.DispatchedAt);
            }
        }
    }

    /// <summary>The narrowest limit: of the domain, of each domain, of all mail; before each of them what somebody has set for a time.</summary>
    private static LaneRule? Rule(List<LaneRule> rules, string domain)
    {
        bool Is(LaneRule rule, string name) => rule.Route.EndsWith(" → " + name, StringComparison.OrdinalIgnoreCase);
        return rules.Find(rule => Is(rule, domain)) ?? rules.Find(rule => Is(rule, "*")) ?? rules.Find(rule => !rule.Route.Contains(" → ", StringComparison.Ordinal));
    }

    private sealed class Sum
    {
        private long _errorAt = -1;

        public long Ready { get; private set; }

        public long Delayed { get; private set; }

        public long? Until { get; private set; }

        public long InFlight { get; private set; }

        public long Accepted { get; private set; }

        public long Temporary { get; private set; }

        public long Permanent { get; private set; }

        public string? Error { get; private set; }

        public long? Since { get; private set; }

        public void Add(RecipientState state, bool isLater, long reply, long count, long? until, long at, string? reason, long? dispatched)
        {
            if (isLater) (Delayed, Until) = (Delayed + count, Math.Min(Until ?? long.MaxValue, until ?? long.MaxValue));
            else if (state == RecipientState.Waiting) Ready += count;
            if (state == RecipientState.Sending) InFlight += count;
            if (state == RecipientState.Sent) Accepted += count;
            if (reply == 4) Temporary += count;
            if (reply == 5) Permanent += count;
            if (state <= RecipientState.Sending && dispatched is { } since) Since = Math.Min(Since ?? since, since);
            if (reason is not null && at >= _errorAt) (_errorAt, Error) = (at, reason);
        }
    }
}
