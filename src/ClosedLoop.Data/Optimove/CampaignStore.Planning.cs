using ClosedLoop.Data.Ids;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Optimove;

namespace ClosedLoop.Data.Optimove;

/// <summary>
/// Customers become recipients. Each is written down under a key of its own before anything else happens to him, so that a page that is read twice, a campaign that is
/// named twice and a crash in between find him planned already. The mailings are invisible until the whole campaign is in.
/// </summary>
public sealed partial class CampaignStore
{
    /// <summary>Customers written by one transaction: a trigger must not wait long behind them.</summary>
    public const int PlanBlock = 500;

    /// <summary>Writes customers down.</summary>
    /// <param name="row">The campaign, in state fetching.</param>
    /// <param name="customers">At most <see cref="PlanBlock"/>.</param>
    /// <param name="clientVersion">Version of the client's definition that the columns were written by.</param>
    /// <returns><c>false</c> when the campaign is not being fetched any more.</returns>
    public Task<bool> PlanAsync(CampaignRow row, IReadOnlyList<PlannedCustomer> customers, int clientVersion)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(customers);
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context =>
        {
            if (!IsFetching(context, row)) return false;
            var mailings = new Dictionary<(int Template, long Source, int Version), (long MailingId, long Next)>();
            Span<long> sums = stackalloc long[8];
            foreach (var customer in customers)
            {
                var isNew = context.Execute(
                    """
                    INSERT INTO optimove_send (client_id, campaign, channel_id, template_id, customer, trigger_key, state, due_at, recorded)
                    VALUES ($1, $2, $3, $4, $5, '', $6, $7, $8) ON CONFLICT (client_id, campaign, channel_id, template_id, customer, trigger_key) DO NOTHING
                    """, row.ClientId, row.Campaign, row.ChannelId, customer.TemplateId, customer.Customer, (int)customer.State, customer.DueAt, context.Stamp) == 1;
                if (!isNew) continue;
                sums[(int)customer.State]++;
                if (customer.State != SendState.Planned)
                {
                    if (customer.State is not SendState.Cancelled) Drop(context, row, customer, now);
                    continue;
                }

                var key = (customer.TemplateId, customer.Source.Id, customer.Source.Version);
                if (!mailings.TryGetValue(key, out var mailing)) mailing = MailingOf(context, row, customer, clientVersion, now);
                Insert(context, row, customer, mailing.MailingId, mailing.Next);
                mailings[key] = (mailing.MailingId, mailing.Next + customer.Addresses.Count);
            }

            context.Execute(
                """
                UPDATE optimove_campaign SET planned = planned + $4, unknown_user = unknown_user + $5, refused = refused + $6, failed = failed + $7, expired = expired + $8
                WHERE client_id = $1 AND campaign = $2 AND channel_id = $3
                """, row.ClientId, row.Campaign, row.ChannelId,
                sums[(int)SendState.Planned], sums[(int)SendState.UnknownUser], sums[(int)SendState.Refused] + sums[(int)SendState.NoAddress], sums[(int)SendState.UnknownTemplate], sums[(int)SendState.Expired]);
            return true;
        });
    }

    /// <summary>A page is planned: reading goes on behind it.</summary>
    public Task PageDoneAsync(CampaignRow row, long skip, int received, int control)
    {
        ArgumentNullException.ThrowIfNull(row);
        return writer.WriteAsync(context => context.Execute(
            """
            UPDATE optimove_campaign SET skip = $4, received = received + $5, control = control + $6, attempts = 0
            WHERE client_id = $1 AND campaign = $2 AND channel_id = $3 AND skip < $4
            """, row.ClientId, row.Campaign, row.ChannelId, skip, received, control));
    }

    /// <summary>
    /// The whole campaign is in: its mailings become visible, together with the campaign's state. One that was cancelled meanwhile publishes nothing.
    /// </summary>
    public Task<bool> PublishAsync(CampaignRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context =>
        {
            if (!IsFetching(context, row) || IsCancelled(context, row.ClientId, row.Campaign, row.ChannelId)) return false;
            var file = FileOf(context, row);
            if (file > 0) RecipientLedger.Publish(context, file);
            context.Execute(
                "UPDATE optimove_campaign SET state = $4, changed_at = $5, reason = NULL WHERE client_id = $1 AND campaign = $2 AND channel_id = $3",
                row.ClientId, row.Campaign, row.ChannelId, (int)(file > 0 ? CampaignState.Planned : CampaignState.Empty), now);
            return true;
        });
    }

    /// <summary>Customers of this round who were planned and never sent to are new again: their mailings are given up.</summary>
    public Task ForgetAsync(CampaignRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return writer.WriteAsync(context =>
        {
            context.Execute("DELETE FROM optimove_send WHERE mailing_id IN (SELECT mailing_id FROM mailing WHERE file_id = $1 AND started_at IS NULL AND state IN (0, 6))", row.FileId);
            context.Execute("DELETE FROM optimove_mailing WHERE mailing_id IN (SELECT mailing_id FROM mailing WHERE file_id = $1 AND started_at IS NULL AND state IN (0, 6))", row.FileId);
        });
    }

    /// <summary>When the first recipient of a mailing is due, in microseconds.</summary>
    public long FirstDue(long mailingId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT MIN(due_at) FROM ledger WHERE mailing_id = $1");
        return statement.Scalar(mailingId);
    }

    /// <summary>Someone who gets nothing is told of as dropped.</summary>
    internal static void Drop(WriteContext context, CampaignRow row, PlannedCustomer customer, long now) => InteractionStore.Add(context, new NewInteraction(
        row.ClientId, row.Campaign, row.ChannelId, customer.TemplateId, InteractionKind.Dropped, customer.Customer, "", row.Label, now), now);

    private static bool IsFetching(WriteContext context, CampaignRow row) => context.Scalar(
        "SELECT COUNT(*) FROM optimove_campaign WHERE client_id = $1 AND campaign = $2 AND channel_id = $3 AND state = $4 AND round = $5",
        row.ClientId, row.Campaign, row.ChannelId, (int)CampaignState.Fetching, row.Round) == 1;

    private static long FileOf(WriteContext context, CampaignRow row) => context.Scalar(
        "SELECT file_id FROM optimove_campaign WHERE client_id = $1 AND campaign = $2 AND channel_id = $3", row.ClientId, row.Campaign, row.ChannelId);

    private static (long MailingId, long Next) MailingOf(WriteContext context, CampaignRow row, PlannedCustomer customer, int clientVersion, long now)
    {
        var file = FileOf(context, row);
        if (file == 0)
        {
            file = IdSequence.Take(context, IdSequence.File);
            context.Execute("UPDATE optimove_campaign SET file_id = $4 WHERE client_id = $1 AND campaign = $2 AND channel_id = $3", row.ClientId, row.Campaign, row.ChannelId, file);
        }

        var known = context.Scalar(
            """
            SELECT m.mailing_id FROM mailing m JOIN optimove_mailing o ON o.mailing_id = m.mailing_id
            WHERE m.file_id = $1 AND m.state = 0 AND o.template_id = $2 AND m.source_id = $3 AND m.source_version = $4 AND m.client_version = $5
            """, file, customer.TemplateId, customer.Source.Id, customer.Source.Version, clientVersion);
        if (known > 0) return (known, context.Scalar("SELECT MAX(sequence) + 1 FROM ledger WHERE mailing_id = $1", known));
        var created = MailingStore.Create(context, new NewMailing
        {
            ClientId = row.ClientId,
            ClientVersion = clientVersion,
            SourceId = customer.Source.Id,
            SourceVersion = customer.Source.Version,
            FileId = file,
            Name = $"{customer.Source.Name} {row.Name ?? row.Label}",
            Channel = customer.Channel,
            Mode = MailingMode.Campaign,
        }, now);
        Link(context, created.MailingId, row, customer.TemplateId, MailingMode.Campaign, now);
        return (created.MailingId, 0);
    }

    private static void Link(WriteContext context, long mailingId, CampaignRow row, int templateId, MailingMode mode, long now) => context.Execute(
        "INSERT INTO optimove_mailing (mailing_id, client_id, campaign, channel_id, template_id, mode, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        mailingId, row.ClientId, row.Campaign, row.ChannelId, templateId, (int)mode, now);

    private static void Insert(WriteContext context, CampaignRow row, PlannedCustomer customer, long mailingId, long sequence)
    {
        for (var i = 0; i < customer.Addresses.Count; i++)
        {
            context.Execute("INSERT INTO recipient (mailing_id, sequence, address, fields) VALUES ($1, $2, $3, $4)", mailingId, sequence + i, customer.Addresses[i], customer.Fields);
            context.Execute("INSERT INTO ledger (mailing_id, sequence, state, attempt, due_at) VALUES ($1, $2, 0, 0, $3)", mailingId, sequence + i, customer.DueAt);
        }

        context.Execute(
            "UPDATE optimove_send SET mailing_id = $6, sequence = $7, devices = $8 WHERE client_id = $1 AND campaign = $2 AND channel_id = $3 AND template_id = $4 AND customer = $5 AND trigger_key = ''",
            row.ClientId, row.Campaign, row.ChannelId, customer.TemplateId, customer.Customer, mailingId, sequence, customer.Addresses.Count);
    }
}
