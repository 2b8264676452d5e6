using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ClosedLoop.Data.Content;
using ClosedLoop.Data.Ids;
using ClosedLoop.Data.Notices;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Data.Mailings;

/// <summary>Mailings: created per group of a file, frozen, moved from state to state only along the arrows callers name.</summary>
public sealed partial class MailingStore(Database database, LedgerWriter writer, TimeProvider time)
{
    private const string Columns =
        """
        mailing_id, campaign_id, list_id, client_id, client_version, source_id, source_version, wave_id, file_id, name, state,
        content_hash, recipient_base, link_base, accepted, created_at, started_at, finished_at, started_recorded, finished_recorded,
        start_at, resends, resent_at, test, purged_at, channel, mode
        """;

    /// <summary>Creates a mailing in state <see cref="MailingState.Importing"/>; nobody else sees it before <see cref="Ledger.RecipientLedger.Publish"/>.</summary>
    public Task<MailingRow> CreateAsync(NewMailing mailing)
    {
        ArgumentNullException.ThrowIfNull(mailing);
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context => Create(context, mailing, now));
    }

    /// <inheritdoc cref="CreateAsync"/>
    public static MailingRow Create(WriteContext context, NewMailing mailing, long now)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(mailing);
        var id = IdSequence.Take(context, IdSequence.Mailing, 2);
        var row = new MailingRow
        {
            CampaignId = id,
            MailingId = id + 1,
            ListId = IdSequence.Take(context, IdSequence.List),
            RecipientBase = 0,
            LinkBase = 0,
            ClientId = mailing.ClientId,
            ClientVersion = mailing.ClientVersion,

            // What is made by an order is the only copy of itself: it waits for no other.
            SourceId = mailing.SourceId == 0 ? id : mailing.SourceId,
            SourceVersion = mailing.SourceVersion,
            WaveId = mailing.WaveId,
            FileId = mailing.FileId,
            Name = mailing.Name,
            Channel = mailing.Channel,
            Mode = mailing.Mode,
            Test = mailing.Test,
            State = MailingState.Importing,
            Accepted = 0,
            CreatedAt = now,
        };
        context.Execute(
            """
            INSERT INTO mailing (mailing_id, campaign_id, list_id, client_id, client_version, source_id, source_version, wave_id,
                file_id, name, state, recipient_base, link_base, accepted, created_at, test, channel, mode)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
            """,
            row.MailingId, row.CampaignId, row.ListId, row.ClientId, row.ClientVersion, row.SourceId, row.SourceVersion, row.WaveId,
            row.FileId, row.Name, (int)row.State, row.RecipientBase, row.LinkBase, row.Accepted, row.CreatedAt, row.Test ? 1 : 0, (int)row.Channel, (int)row.Mode);
        return row;
    }

    /// <summary>
    /// Freezes what the mailing will send: stored once by its hash. A mailing that is frozen already keeps what it has, so
    /// that a step repeated after a crash makes no second copy.
    /// </summary>
    /// <param name="mailingId">The mailing.</param>
    /// <param name="content">What it sends.</param>
    /// <param name="files">Octets of its files that are not stored yet.</param>
    public Task<string> FreezeAsync(long mailingId, FrozenMailing content, params IReadOnlyList<byte[]> files)
    {
        var (body, hash) = Write(content);
        return writer.WriteAsync(context =>
        {
            FileContents.Add(context, files);
            Freeze(context, mailingId, body, hash);
            return hash;
        });
    }

    /// <summary>A content as it is stored, with its hash.</summary>
    public static (byte[] Body, string Hash) Write(FrozenMailing content)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(content, DefinitionJson.Options);
        return (body, Convert.ToHexStringLower(SHA256.HashData(body)));
    }

    /// <summary>Stores what <see cref="Write"/> gave; for a mailing when there is one already.</summary>
    public static void Freeze(WriteContext context, long? mailingId, byte[] body, string hash)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Execute("INSERT INTO content (hash, body) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING", hash, body);
        if (mailingId is { } id) context.Execute("UPDATE mailing SET content_hash = $2 WHERE mailing_id = $1 AND content_hash IS NULL", id, hash);
    }

    /// <summary>What <see cref="FreezeAsync"/> stored.</summary>
    /// <exception cref="InvalidDataException">The content is missing or not what its hash says.</exception>
    public FrozenMailing ReadFrozen(string hash)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT body FROM content WHERE hash = $1");
        using var reader = statement.Query(hash);
        if (!reader.Read()) throw new InvalidDataException($"CL3002: frozen content {hash} is not in the database.");
        var body = reader.GetFieldValue<byte[]>(0);
        if (Convert.ToHexStringLower(SHA256.HashData(body)) != hash) throw new InvalidDataException($"CL3002: frozen content {hash} has another hash now; the database is damaged.");
        return JsonSerializer.Deserialize<FrozenMailing>(body, DefinitionJson.Options)!;
    }

    /// <summary>Octets of a file of a frozen mailing.</summary>
    /// <exception cref="InvalidDataException">The file is missing or not what its hash says.</exception>
    public byte[] ReadFile(string hash) => FileContents.Read(database, hash);

    /// <summary>Moves a mailing when it is in one of <paramref name="from"/>; <c>false</c> when it is not.</summary>
    public Task<bool> MoveAsync(long mailingId, MailingState to, params MailingState[] from)
    {
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context => Move(context, mailingId, to, now, from));
    }

    /// <inheritdoc cref="MoveAsync"/>
    public static bool Move(WriteContext context, long mailingId, MailingState to, long now, params ReadOnlySpan<MailingState> from)
    {
        ArgumentNullException.ThrowIfNull(context);
        var current = (MailingState)context.Scalar("SELECT state FROM mailing WHERE mailing_id = $1", mailingId);
        if (!from.Contains(current)) return false;
        context.Execute("UPDATE mailing SET state = $2 WHERE mailing_id = $1", mailingId, (int)to);
        if (to == MailingState.Sending)
        {
            context.Execute("UPDATE mailing SET run = run + 1 WHERE mailing_id = $1", mailingId);
            context.Execute("UPDATE mailing SET started_at = $2, started_recorded = $3 WHERE mailing_id = $1 AND started_at IS NULL", mailingId, now, context.Stamp);
            context.Execute("UPDATE mailing SET resent_at = $2 WHERE mailing_id = $1 AND resends > 0 AND resent_at IS NULL", mailingId, now);
        }
        else if (to is MailingState.Finished or MailingState.Cancelled)
        {
            context.Execute("UPDATE mailing SET finished_at = $2, finished_recorded = $3 WHERE mailing_id = $1", mailingId, now, context.Stamp);
        }

        return true;
    }

    /// <summary>
    /// Finishes a mailing if the ledger has nobody waiting or being sent and nobody can be added. Counted in the transaction that sets the state,
    /// never inferred from an empty batch.
    /// </summary>
    /// <param name="mailingId">The mailing.</param>
    /// <param name="notice">Told in the same transaction, or <c>null</c>.</param>
    public Task<bool> TryFinishAsync(long mailingId, NewNotice? notice = null)
    {
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context =>
        {
            if (context.Scalar("SELECT mode FROM mailing WHERE mailing_id = $1", mailingId) == (int)MailingMode.Standing
                || context.Scalar("SELECT COUNT(*) FROM ledger WHERE mailing_id = $1 AND state IN (0, 1)", mailingId) != 0
                || !Move(context, mailingId, MailingState.Finished, now, MailingState.Sending)) return false;
            if (notice is not null) NoticeStore.Add(context, notice, now);
            context.Execute("DELETE FROM slice_run WHERE mailing_id = $1", mailingId);
            return true;
        });
    }

    public MailingRow? Find(long mailingId) => Query($"SELECT {Columns} FROM mailing WHERE mailing_id = $1", mailingId).FirstOrDefault();

    /// <summary>Several at once; those that do not exist are left out.</summary>
    public IReadOnlyList<MailingRow> Find(IReadOnlyList<long> mailingIds)
    {
        ArgumentNullException.ThrowIfNull(mailingIds);
        return mailingIds.Count == 0 ? [] : Query($"SELECT {Columns} FROM mailing WHERE mailing_id IN ({string.Join(", ", mailingIds.Select(id => id.ToString(CultureInfo.InvariantCulture)))})");
    }

    public IReadOnlyList<MailingRow> OfFile(long fileId) => Query($"SELECT {Columns} FROM mailing WHERE file_id = $1 ORDER BY mailing_id", fileId);

    public IReadOnlyList<MailingRow> InState(MailingState state) => Query($"SELECT {Columns} FROM mailing WHERE state = $1 ORDER BY mailing_id", (int)state);

    /// <summary>Newest first.</summary>
    public IReadOnlyList<MailingRow> Latest(int count) => Query($"SELECT {Columns} FROM mailing WHERE state <> 0 ORDER BY mailing_id DESC LIMIT $1", count);

    /// <summary>Mailings that started or finished in (<paramref name="from"/>, <paramref name="to"/>], by start, then id (spec section 17.3).</summary>
    public IReadOnlyList<MailingRow> InPeriod(long from, long to) => Query(
        $"""
        SELECT {Columns} FROM mailing
        WHERE (started_recorded > $1 AND started_recorded <= $2) OR (finished_recorded > $1 AND finished_recorded <= $2)
            OR EXISTS (SELECT 1 FROM mailing_past p WHERE p.mailing_id = mailing.mailing_id
                AND ((p.finished_recorded > $1 AND p.finished_recorded <= $2) OR (p.reopened > $1 AND p.reopened <= $2)))
        ORDER BY started_at, mailing_id
        """, from, to);

    private List<MailingRow> Query(string sql, params ReadOnlySpan<object?> arguments)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, sql);
        using var reader = statement.Query(arguments);
        var rows = new List<MailingRow>();
        while (reader.Read()) rows.Add(Read(reader));
        return rows;
    }

    private static MailingRow Read(DbDataReader reader) => new()
    {
        MailingId = reader.GetInt64(0),
        CampaignId = reader.GetInt64(1),
        ListId = reader.GetInt64(2),
        ClientId = reader.GetInt64(3),
        ClientVersion = reader.GetInt32(4),
        SourceId = reader.GetInt64(5),
        SourceVersion = reader.GetInt32(6),
        WaveId = reader.IsDBNull(7) ? null : reader.GetInt64(7),
        FileId = reader.GetInt64(8),
        Name = reader.GetString(9),
        State = (MailingState)reader.GetInt32(10),
        ContentHash = reader.IsDBNull(11) ? null : reader.GetString(11),
        RecipientBase = reader.GetInt64(12),
        LinkBase = reader.GetInt64(13),
        Accepted = reader.GetInt64(14),
        CreatedAt = reader.GetInt64(15),
        StartedAt = reader.IsDBNull(16) ? null : reader.GetInt64(16),
        FinishedAt = reader.IsDBNull(17) ? null : reader.GetInt64(17),
        StartedRecorded = reader.IsDBNull(18) ? null : reader.GetInt64(18),
        FinishedRecorded = reader.IsDBNull(19) ? null : reader.GetInt64(19),
        StartAt = reader.IsDBNull(20) ? null : reader.GetInt64(20),
        Resends = reader.GetInt32(21),
        ResentAt = reader.IsDBNull(22) ? null : reader.GetInt64(22),
        Test = reader.GetInt64(23) != 0,
        PurgedAt = reader.IsDBNull(24) ? null : reader.GetInt64(24),
        Channel = (MessageChannel)reader.GetInt32(25),
        Mode = (MailingMode)reader.GetInt32(26),
    };
}
