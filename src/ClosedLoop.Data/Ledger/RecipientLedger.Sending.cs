using ClosedLoop.Data.Channels;
using ClosedLoop.Data.Content;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Testing;

namespace ClosedLoop.Data.Ledger;

public sealed partial class RecipientLedger
{
    /// <summary>Whether nobody is claimed until an operator has confirmed (decision 016).</summary>
    public bool IsHeld()
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT COUNT(*) FROM instance WHERE held_at IS NOT NULL");
        return statement.Scalar() > 0;
    }

    /// <summary>
    /// Claims recipients: durable when awaited, and only then may the last byte of a message leave. The result says which
    /// rows were still waiting; the others belong to somebody else and must not be sent.
    /// </summary>
    /// <param name="mailingId">The mailing.</param>
    /// <param name="sequences">Whom to claim.</param>
    /// <param name="content">What the messages were made with beyond the stored columns, for each of <paramref name="sequences"/>: durable with the claim. Null for nothing.</param>
    /// <param name="hold">The right to the slice; nobody is claimed under one that was lost. Null claims by the rows' states alone.</param>
    public Task<bool[]> ClaimAsync(long mailingId, IReadOnlyList<int> sequences, IReadOnlyList<IReadOnlyList<StoredContent>>? content = null, SliceHold? hold = null)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        return writer.WriteAsync(context =>
        {
            var claimed = new bool[sequences.Count];

            // A pause or cancel that was acknowledged must hold, and so must a hold of the whole installation and the taking of the slice by somebody else: all are
            // checked in the transaction that claims, in one statement, since every writer waits for it.
            if (context.Scalar(
                    """
                    SELECT state FROM mailing WHERE mailing_id = $1 AND NOT EXISTS (SELECT 1 FROM instance WHERE held_at IS NOT NULL)
                        AND ($2 = 0 OR EXISTS (SELECT 1 FROM slice_run WHERE mailing_id = $1 AND first_sequence = $3 AND epoch = $2))
                    """, mailingId, hold?.Epoch ?? 0, hold?.From ?? 0) != (int)MailingState.Sending)
            {
                _ = IsOurs(context, hold);
                return claimed;
            }

            var claim = context.Statement("UPDATE ledger SET state = 1, attempt = attempt + 1 WHERE mailing_id = $1 AND sequence = $2 AND state = 0");
            if (context.Kind == DatabaseKind.Postgres) ClaimAll(context, mailingId, sequences, claimed);
            for (var i = 0; i < claimed.Length; i++)
            {
                if (context.Kind == DatabaseKind.Sqlite) claimed[i] = claim.Execute(mailingId, sequences[i]) == 1;
                if (claimed[i] && content is not null) RecipientContentStore.Put(context, mailingId, sequences[i], content[i]);
            }

            return claimed;
        });
    }

    /// <summary>
    /// Records outcomes of claimed recipients, and of waiting ones that were settled without a message. A row that is no
    /// longer in the state the outcome starts from is left alone.
    /// </summary>
    /// <param name="outcomes">What became of whom.</param>
    /// <param name="hold">The right to the slice of all of them; under one that was lost nothing is recorded, because whoever took it has settled them.</param>
    public Task RecordAsync(IReadOnlyList<SendOutcome> outcomes, SliceHold? hold = null)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        return writer.WriteAsync(context =>
        {
            foreach (var outcome in Unrecorded(context, outcomes, hold))
            {
                Record(context, outcome);
                KillSwitch.Reach(KillPoint.DuringRecord);
            }
        });
    }

    /// <summary>
    /// Takes the right to send a slice from whoever has it, and settles what is claimed there: the message may or may not have gone out. Under
    /// <see cref="UnknownPolicy.Hold"/> the row becomes unknown and is never repeated by itself; under
    /// <see cref="UnknownPolicy.Resend"/> it waits again, unless the mailing was cancelled. Whoever calls it sends nothing of the slice meanwhile.
    /// </summary>
    public Task<SliceHold> TakeAsync(long mailingId, int from, int to, UnknownPolicy policy)
    {
        var now = Now();
        return writer.WriteAsync(context =>
        {
            context.Execute(
                """
                INSERT INTO slice_run (mailing_id, first_sequence, epoch) VALUES ($1, $2, $3)
                ON CONFLICT (mailing_id, first_sequence) DO UPDATE SET epoch = excluded.epoch
                """, mailingId, from, context.Stamp);
            var claimed = DoubtfulMessages.Claimed(context, mailingId, from, to);
            var inDoubt = policy == UnknownPolicy.Resend && !IsCancelled(context, mailingId)
                ? context.Execute(
                    "UPDATE ledger SET state = 0, due_at = 0 WHERE mailing_id = $1 AND sequence >= $2 AND sequence < $3 AND state = 1", mailingId, from, to)
                : context.Execute(
                    """
                    UPDATE ledger SET state = 5, done_at = $4, recorded = $5, reason = $6
                    WHERE mailing_id = $1 AND sequence >= $2 AND sequence < $3 AND state = 1
                    """,
                    mailingId, from, to, now, context.Stamp, "L606 in doubt: the process ended while the message was being handed over");
            foreach (var (sequence, address) in claimed) DoubtfulMessages.Add(context, mailingId, sequence, address);
            return new SliceHold(mailingId, from, context.Stamp, inDoubt);
        });
    }

    /// <summary>
    /// Makes it the turn of everybody whom a lane holds up, in the mailings given: an operator opened it. They keep their place behind
    /// those who never waited.
    /// </summary>
    /// <param name="mailings">Mailings being sent.</param>
    /// <param name="lane">Name of the lane; those of its domains are meant, too.</param>
    public Task<int> HastenAsync(IReadOnlyList<long> mailings, string lane)
    {
        ArgumentNullException.ThrowIfNull(mailings);
        ArgumentNullException.ThrowIfNull(lane);
        return writer.WriteAsync(context => mailings.Sum(mailing => context.Execute(
            "UPDATE ledger SET due_at = 1 WHERE mailing_id = $1 AND state = 0 AND due_at > 1 AND substr(reason, 1, length($2)) = $2", mailing, lane)));
    }

    /// <summary>Whoever waits for a later time, for whatever reason, asks again now.</summary>
    /// <param name="mailings">Mailings being sent.</param>
    /// <param name="domain">Recipient domain; <c>null</c> for everybody.</param>
    public Task<int> FlushAsync(IReadOnlyList<long> mailings, string? domain)
    {
        ArgumentNullException.ThrowIfNull(mailings);

        // Addresses of those alone who wait are looked at, each by its key.
        return writer.WriteAsync(context => mailings.Sum(mailing => domain is null
            ? context.Execute("UPDATE ledger SET due_at = 1 WHERE mailing_id = $1 AND state = 0 AND due_at > 1", mailing)
            : context.Execute(
                """
                UPDATE ledger SET due_at = 1 WHERE mailing_id = $1 AND state = 0 AND due_at > 1 AND EXISTS (
                    SELECT 1 FROM recipient r WHERE r.mailing_id = ledger.mailing_id AND r.sequence = ledger.sequence AND lower(substr(r.address, length(r.address) - length($2) + 1)) = $2)
                """, mailing, "@" + domain.ToLowerInvariant())));
    }

    /// <summary>Cancels everybody who still waits; whom a resend is about gets his outcome back.</summary>
    public static int CancelWaiting(WriteContext context, long mailingId, long now)
    {
        ArgumentNullException.ThrowIfNull(context);
        var resends = context.Scalar("SELECT resends FROM mailing WHERE mailing_id = $1", mailingId);
        var givenBack = resends == 0 ? 0 : GiveBack(context, mailingId, 0, int.MaxValue, (int)RecipientState.Waiting, "cancelled");
        return givenBack + context.Execute("UPDATE ledger SET state = 6, done_at = $2, recorded = $3, reason = 'cancelled' WHERE mailing_id = $1 AND state = 0",
            mailingId, now, context.Stamp);
    }

    /// <summary>Outcomes that are to be recorded one by one: none under a right that was lost, and on PostgreSQL not the plain successes, which this has recorded.</summary>
    private static IEnumerable<SendOutcome> Unrecorded(WriteContext context, IReadOnlyList<SendOutcome> outcomes, SliceHold? hold)
    {
        if (context.Kind == DatabaseKind.Sqlite) return IsOurs(context, hold) ? outcomes : [];
        var (left, missed) = RecordSent(context, outcomes, hold);

        // Asked for only when it may matter: a question is a way to the server and back.
        return (missed || left.Count > 0) && !IsOurs(context, hold) ? [] : left;
    }

    private static bool IsOurs(WriteContext context, SliceHold? hold)
    {
        if (hold is null || context.Scalar("SELECT epoch FROM slice_run WHERE mailing_id = $1 AND first_sequence = $2", hold.MailingId, hold.From) == hold.Epoch) return true;
        hold.Lose();
        return false;
    }

    private static bool IsCancelled(WriteContext context, long mailingId) =>
        context.Scalar("SELECT state FROM mailing WHERE mailing_id = $1", mailingId) == (int)MailingState.Cancelled;

    private static void Record(WriteContext context, SendOutcome outcome)
    {
        if (outcome is { State: RecipientState.Waiting, Unclaimed: true })
        {
            context.Execute("UPDATE ledger SET due_at = $3, reason = $4 WHERE mailing_id = $1 AND sequence = $2 AND state = 0",
                outcome.MailingId, outcome.Sequence, outcome.DueAt, outcome.Reason);
            return;
        }

        if (outcome.State == RecipientState.Waiting)
        {
            // A deferral that comes back after the cancel has nothing to wait for: nobody would ever close the row.
            if (IsCancelled(context, outcome.MailingId))
            {
                if (GiveBack(context, outcome.MailingId, outcome.Sequence, outcome.Sequence, (int)RecipientState.Sending, "cancelled") > 0) return;
                context.Execute(
                    "UPDATE ledger SET state = 6, done_at = $3, recorded = $4, reply_code = $5, reason = $6 WHERE mailing_id = $1 AND sequence = $2 AND state = 1",
                    outcome.MailingId, outcome.Sequence, outcome.DoneAt, context.Stamp, outcome.ReplyCode, outcome.Reason);
                return;
            }

            var waits = context.Execute("UPDATE ledger SET state = 0, due_at = $3, reply_code = $4, reason = $5, attempt = attempt - $6 WHERE mailing_id = $1 AND sequence = $2 AND state = 1",
                outcome.MailingId, outcome.Sequence, outcome.DueAt, outcome.ReplyCode, outcome.Reason, outcome.Untried ? 1 : 0);
            if (waits == 1 && outcome.InDoubt) DoubtfulMessages.Add(context, outcome);
            return;
        }

        if (outcome is { State: RecipientState.Suppressed, Unclaimed: true }
            && GiveBack(context, outcome.MailingId, outcome.Sequence, outcome.Sequence, (int)RecipientState.Waiting, outcome.Reason ?? "suppressed") > 0) return;

        var expected = outcome.Unclaimed ? RecipientState.Waiting : RecipientState.Sending;
        var changed = context.Execute(
            "UPDATE ledger SET state = $3, done_at = $4, recorded = $5, reply_code = $6, reason = $7 WHERE mailing_id = $1 AND sequence = $2 AND state = $8",
            outcome.MailingId, outcome.Sequence, (int)outcome.State, outcome.DoneAt, context.Stamp, outcome.ReplyCode, outcome.Reason, (int)expected);
        if (changed == 1 && outcome.Response is { } category)
        {
            ResponseStore.Add(context, outcome.ClientId, outcome.MailingId, outcome.Sequence, outcome.Address, category, outcome.DoneAt, outcome.Origin, outcome.Reason);
        }
        else if (changed == 1 && outcome is { State: RecipientState.Sent, HasSoftBounces: true })
        {
            BounceCounters.Delivered(context, outcome.ClientId, outcome.Address, outcome.DoneAt);
        }

        if (changed != 1) return;
        if (outcome.Retired) Retire(context, outcome);
        if (outcome.OptedOut) ReceiptStore.Unsubscribe(context, outcome.ClientId, outcome.Address, "sms-stop", (outcome.MailingId, outcome.Sequence), outcome.DoneAt);
        if (outcome.InDoubt) DoubtfulMessages.Add(context, outcome);
        else if (outcome.ProviderIds.Count > 0) ReceiptStore.Taken(context, outcome);
    }

    /// <summary>The address is dead: nothing goes there any more, and no campaign plans with it.</summary>
    private static void Retire(WriteContext context, SendOutcome outcome)
    {
        SuppressionStore.Add(context, outcome.ClientId, outcome.Address, SuppressionKind.Blocked, outcome.Reason ?? outcome.Origin, outcome.MailingId, outcome.Sequence);
        if (PushAddress.TryParse(outcome.Address) is not { } device) return;
        context.Execute(
            "UPDATE profile_device SET retired = 1 WHERE client_id = $1 AND token = $2 AND platform = $3", outcome.ClientId, device.Token, device.Platform == PushPlatform.Fcm ? "fcm" : "apns");
    }
}
