using ClosedLoop.Data.Ids;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Optimove;

namespace ClosedLoop.Data.Optimove;

/// <summary>
/// Triggers: recipients that come one by one. They are added to a standing mailing of their campaign and template, so that a campaign stays one mailing in exports and
/// status, and a trigger costs one commit instead of a mailing of its own.
/// </summary>
public sealed class TriggerStore(Database database, LedgerWriter writer, TimeProvider time)
{
    /// <summary>Recipients of one standing mailing; then another one is opened. Its ids are taken beforehand.</summary>
    public const int Capacity = 10_000;

    /// <summary>Devices of one customer that a push goes to.</summary>
    public const int MostAddresses = 20;

    private const long Hour = 3_600_000_000;

    /// <summary>The standing mailing that takes recipients of a template now; 0 for none.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="channelId">The channel.</param>
    /// <param name="templateId">The template.</param>
    /// <param name="sourceVersion">Version of the source mailing that must be sent.</param>
    /// <param name="clientVersion">Version of the client that the columns follow.</param>
    public long Standing(long clientId, string campaign, int channelId, int templateId, int sourceVersion, int clientVersion)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection,
            """
            SELECT MAX(m.mailing_id) FROM optimove_mailing o JOIN mailing m ON m.mailing_id = o.mailing_id
            WHERE o.client_id = $1 AND o.campaign = $2 AND o.channel_id = $3 AND o.template_id = $4 AND m.mode = 2 AND m.state IN (1, 2, 3, 4)
                AND m.source_version = $5 AND m.client_version = $6 AND m.accepted <= $7
            """);
        return statement.Scalar(clientId, campaign, channelId, templateId, sourceVersion, clientVersion, Capacity - MostAddresses);
    }

    /// <summary>Opens a standing mailing without recipients; its content is frozen next.</summary>
    public Task<long> OpenAsync(long clientId, string campaign, int channelId, int templateId, NewMailing mailing)
    {
        ArgumentNullException.ThrowIfNull(mailing);
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context =>
        {
            var row = MailingStore.Create(context, mailing with { Mode = MailingMode.Standing, FileId = IdSequence.Take(context, IdSequence.File) }, now);
            context.Execute(
                "UPDATE mailing SET state = 1, recipient_base = $2, link_base = $3 WHERE mailing_id = $1",
                row.MailingId, IdSequence.Take(context, IdSequence.Recipient, Capacity), IdSequence.Take(context, IdSequence.Link, (long)Capacity * MailingRow.LinksPerRecipient));
            context.Execute(
                "INSERT INTO optimove_mailing (mailing_id, client_id, campaign, channel_id, template_id, mode, created_at) VALUES ($1, $2, $3, $4, $5, 2, $6)",
                row.MailingId, clientId, campaign, channelId, templateId, now);
            return row.MailingId;
        });
    }

    /// <summary>
    /// Adds recipients and marks their calls as done, in one transaction: a crash before it leaves the calls to be worked on, one after it the
    /// recipients to be sent.
    /// </summary>
    /// <returns>For each mailing the slices that got somebody; triggers whose mailing takes nobody any more stay open.</returns>
    public Task<IReadOnlyCollection<(long MailingId, int Sequence)>> AddAsync(long clientId, IReadOnlyList<NewTrigger> triggers)
    {
        ArgumentNullException.ThrowIfNull(triggers);
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context =>
        {
            var added = new List<(long, int)>();
            foreach (var trigger in triggers)
            {
                if (context.Scalar("SELECT COUNT(*) FROM optimove_event WHERE event_id = $1 AND state = 0", trigger.EventId) == 0) continue;
                if (Add(context, clientId, trigger, now) is { } place) added.Add(place);
            }

            return (IReadOnlyCollection<(long, int)>)added;
        });
    }

    /// <summary>Nobody is added to these standing mailings any more; each ends when everybody has an outcome.</summary>
    /// <param name="before">Microseconds; those opened before it.</param>
    /// <param name="clientId">The client.</param>
    public Task<List<long>> CloseAsync(long clientId, long before) => writer.WriteAsync(context =>
    {
        List<long> due;
        due = context.Statement(
            """
            SELECT m.mailing_id FROM optimove_mailing o JOIN mailing m ON m.mailing_id = o.mailing_id
            WHERE o.client_id = $1 AND m.mode = 2 AND m.state IN (1, 2, 3) AND (m.created_at < $2 OR m.accepted > $3)
            """).Numbers(clientId, before, Capacity - MostAddresses);
        foreach (var mailing in due) context.Execute("UPDATE mailing SET mode = 1 WHERE mailing_id = $1", mailing);
        return due;
    });

    private static (long MailingId, int Sequence)? Add(WriteContext context, long clientId, NewTrigger trigger, long now)
    {
        var customer = trigger.Customer;
        var state = customer.State;
        if (state == SendState.Planned && CampaignStore.IsCancelled(context, clientId, trigger.Campaign, trigger.ChannelId)) state = SendState.Cancelled;
        if (state == SendState.Planned && context.Scalar(
                "SELECT COUNT(*) FROM optimove_send WHERE client_id = $1 AND campaign = $2 AND channel_id = $3 AND template_id = $4 AND customer = $5 AND state = 0 AND due_at > $6",
                clientId, trigger.Campaign, trigger.ChannelId, customer.TemplateId, customer.Customer, now - Hour) >= trigger.PerHour) state = SendState.Flood;
        var sequence = 0L;
        if (state == SendState.Planned)
        {
            sequence = context.Scalar("SELECT accepted + 1 FROM mailing WHERE mailing_id = $1 AND mode = 2 AND state IN (1, 2, 3, 4) AND accepted <= $2", trigger.MailingId, Capacity - customer.Addresses.Count) - 1;
            if (sequence < 0) return null;
        }

        var isNew = context.Execute(
            """
            INSERT INTO optimove_send (client_id, campaign, channel_id, template_id, customer, trigger_key, state, mailing_id, sequence, due_at, recorded, devices)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (client_id, campaign, channel_id, template_id, customer, trigger_key) DO NOTHING
            """, clientId, trigger.Campaign, trigger.ChannelId, customer.TemplateId, customer.Customer, trigger.TriggerKey, (int)state,
            state == SendState.Planned ? trigger.MailingId : null, state == SendState.Planned ? sequence : null, now, context.Stamp, Math.Max(1, customer.Addresses.Count)) == 1;
        OptimoveEventStore.Done(context, trigger.EventId, state == SendState.Planned ? null : state.ToString());
        if (!isNew) return null;
        if (state != SendState.Planned)
        {
            if (state != SendState.Cancelled)
            {
                InteractionStore.Add(context, new NewInteraction(
                    clientId, trigger.Campaign, trigger.ChannelId, customer.TemplateId, InteractionKind.Dropped, customer.Customer, trigger.TriggerKey, trigger.Label, now), now);
            }

            return null;
        }

        for (var i = 0; i < customer.Addresses.Count; i++)
        {
            context.Execute("INSERT INTO recipient (mailing_id, sequence, address, fields) VALUES ($1, $2, $3, $4)", trigger.MailingId, sequence + i, customer.Addresses[i], customer.Fields);
            context.Execute("INSERT INTO ledger (mailing_id, sequence, state, attempt, due_at) VALUES ($1, $2, 0, 0, 0)", trigger.MailingId, sequence + i);
        }

        context.Execute("UPDATE mailing SET accepted = accepted + $2 WHERE mailing_id = $1", trigger.MailingId, customer.Addresses.Count);
        return (trigger.MailingId, (int)sequence);
    }
}
