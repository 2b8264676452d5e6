using System.Text.Json;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Optimove;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Data.Optimove;

/// <summary>People a client knows by its own ids. Nobody gets in here but by the client itself.</summary>
public sealed class ProfileStore(Database database, LedgerWriter writer, TimeProvider time)
{
    /// <summary>Stores profiles, each as a whole. Whoever opts out is taken out of campaigns that have not reached him yet, in the same transaction.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="profiles">As they are now.</param>
    /// <param name="more">Done in the same transaction with each profile, its attributes as they were before, and the stamp.</param>
    /// <param name="isNews">Whether connectors are to know of consent that has changed.</param>
    /// <returns>How many changed.</returns>
    public Task<int> SaveAsync(long clientId, IReadOnlyList<Profile> profiles, Action<WriteContext, Profile, IReadOnlyDictionary<string, string?>>? more = null, bool isNews = true)
    {
        ArgumentNullException.ThrowIfNull(profiles);
        var now = time.NowMicroseconds();
        return writer.WriteAsync(context =>
        {
            foreach (var profile in profiles) Save(context, clientId, profile, now, more, isNews);
            return profiles.Count;
        });
    }

    /// <summary>Installations of a person's app that are still there, each once.</summary>
    public IReadOnlyList<(string Token, string Platform)> Devices(long clientId, string externalId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT token, platform FROM profile_device WHERE client_id = $1 AND external_id = $2 AND retired = 0 ORDER BY token");
        using var reader = statement.Query(clientId, externalId);
        var devices = new List<(string, string)>();
        var seen = new HashSet<PushAddress>();
        while (reader.Read())
        {
            var platform = reader.GetString(1);
            if (PushAddress.TryNormalise(platform == "fcm" ? PushPlatform.Fcm : PushPlatform.Apns, reader.GetString(0)) is { } device && seen.Add(device)) devices.Add((device.Token, platform));
        }

        return devices;
    }

    /// <summary>Notes a device of a person. Whoever had it before has it no more: an installation belongs to the one who has signed in last, and rings for nobody else.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="externalId">The person.</param>
    /// <param name="device">In the form of <see cref="PushAddress.Normalise"/>, so that no device is there twice.</param>
    public Task AddDeviceAsync(long clientId, string externalId, PushAddress device) => writer.WriteAsync(context =>
    {
        context.Execute("DELETE FROM profile_device WHERE client_id = $1 AND token = $2 AND external_id <> $3", clientId, device.Token, externalId);
        context.Execute(
            """
            INSERT INTO profile_device (client_id, external_id, token, platform, recorded) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (client_id, external_id, token) DO UPDATE SET platform = excluded.platform, retired = 0, recorded = excluded.recorded
            """, clientId, externalId, device.Token, device.Platform == PushPlatform.Fcm ? "fcm" : "apns", context.Stamp);
    });

    /// <summary>Removes everything known of a person under that id; of what is still being sent, or told, what that needs stays.</summary>
    /// <returns><c>false</c> when nobody has it.</returns>
    public Task<bool> EraseAsync(long clientId, string externalId) => writer.WriteAsync(context =>
    {
        context.Execute("DELETE FROM profile_device WHERE client_id = $1 AND external_id = $2", clientId, externalId);
        Forget(context, clientId, externalId);
        return context.Execute("DELETE FROM profile WHERE client_id = $1 AND external_id = $2", clientId, externalId) == 1;
    });

    /// <summary>Profiles by the ids asked for; who is not known is left out.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="ids">Ids as they came.</param>
    /// <param name="ignoreCase">Whether case says nothing.</param>
    public IReadOnlyDictionary<string, Profile> Find(long clientId, IReadOnlyCollection<string> ids, bool ignoreCase)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var found = new Dictionary<string, Profile>(ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        using var connection = database.OpenRead();
        using var one = new Statement(connection, $"SELECT {Columns} FROM profile WHERE client_id = $1 AND {(ignoreCase ? "folded_id" : "external_id")} = $2 ORDER BY external_id LIMIT 1");
        foreach (var id in ids)
        {
            using var reader = one.Query(clientId, ignoreCase ? Fold(id) : id);
            if (reader.Read()) found.TryAdd(id, Read(reader));
        }

        return found;
    }

    public long Count(long clientId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT COUNT(*) FROM profile WHERE client_id = $1");
        return statement.Scalar(clientId);
    }

    /// <summary>The form in which ids are equal that differ in case only.</summary>
    public static string Fold(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
#pragma warning disable CA1308 // for comparing only
        return id.ToLowerInvariant();
#pragma warning restore CA1308
    }

    private const string Columns = "external_id, email, email_consent, phone, phone_consent, push_consent, attributes";

    private static Profile Read(System.Data.Common.DbDataReader reader) => new()
    {
        ExternalId = reader.GetString(0),
        Email = reader.IsDBNull(1) ? null : reader.GetString(1),
        EmailConsent = (Consent)reader.GetInt32(2),
        Phone = reader.IsDBNull(3) ? null : reader.GetString(3),
        PhoneConsent = (Consent)reader.GetInt32(4),
        PushConsent = (Consent)reader.GetInt32(5),
        Attributes = Values(reader.GetString(6)),
    };

    private static void Save(WriteContext context, long clientId, Profile profile, long now, Action<WriteContext, Profile, IReadOnlyDictionary<string, string?>>? more, bool isNews)
    {
        IReadOnlyDictionary<string, string?> before = new Dictionary<string, string?>(StringComparer.Ordinal);
        Profile? known = null;
        using (var reader = context.Statement($"SELECT {Columns} FROM profile WHERE client_id = $1 AND external_id = $2").Query(clientId, profile.ExternalId))
        {
            if (reader.Read()) before = (known = Read(reader)).Attributes;
        }

        context.Execute(
            """
            INSERT INTO profile (client_id, external_id, folded_id, email, email_consent, phone, phone_consent, push_consent, attributes, recorded)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT (client_id, external_id) DO UPDATE SET email = excluded.email, email_consent = excluded.email_consent, phone = excluded.phone,
                phone_consent = excluded.phone_consent, push_consent = excluded.push_consent, attributes = excluded.attributes, recorded = excluded.recorded
            """,
            clientId, profile.ExternalId, Fold(profile.ExternalId), profile.Email, (int)profile.EmailConsent, profile.Phone, (int)profile.PhoneConsent, (int)profile.PushConsent,
            JsonSerializer.Serialize(profile.Attributes, DefinitionJson.Options), context.Stamp);
        if (profile.EmailConsent == Consent.OptedOut) Withdraw(context, clientId, profile.ExternalId, MessageChannel.Mail, now);
        if (profile.PhoneConsent == Consent.OptedOut) Withdraw(context, clientId, profile.ExternalId, MessageChannel.Sms, now);
        if (profile.PushConsent == Consent.OptedOut) Withdraw(context, clientId, profile.ExternalId, MessageChannel.Push, now);

        if (isNews && known is not null) NoteConsent(context, clientId, known, profile);
        more?.Invoke(context, profile, before);
    }

    /// <summary>
    /// Only a change is a decision: a profile that is new, or loses what was known of it, says nothing that Optimove might not know better.
    /// </summary>
    private static void NoteConsent(WriteContext context, long clientId, Profile before, Profile after)
    {
        Note(before.EmailConsent, after.EmailConsent, MessageChannel.Mail);
        Note(before.PhoneConsent, after.PhoneConsent, MessageChannel.Sms);
        Note(before.PushConsent, after.PushConsent, MessageChannel.Push);

        void Note(Consent was, Consent now, MessageChannel medium)
        {
            if (now != was && now != Consent.Unknown) ConsentNotes.OfPerson(context, clientId, after.ExternalId, medium);
        }
    }

    /// <summary>Whoever opted out and still waits gets nothing.</summary>
    private static void Withdraw(WriteContext context, long clientId, string externalId, MessageChannel channel, long now) => context.Execute(
        """
        UPDATE ledger SET state = 4, done_at = $3, recorded = $4, reason = 'W208 opted out'
        WHERE state = 0 AND EXISTS (SELECT 1 FROM optimove_send s WHERE s.client_id = $1 AND s.customer = $2 AND s.mailing_id = ledger.mailing_id AND s.sequence <= ledger.sequence AND ledger.sequence < s.sequence + s.devices)
            AND mailing_id IN (SELECT s.mailing_id FROM optimove_send s JOIN mailing m ON m.mailing_id = s.mailing_id WHERE s.client_id = $1 AND s.customer = $2 AND m.channel = $5)
        """, clientId, externalId, now, context.Stamp, (int)channel);

    /// <summary>Gives up what was sent to a person and told of it (optimove spec section 12). What is not done with is needed, so that nobody gets a message twice.</summary>
    /// <returns>How many rows.</returns>
    internal static int ForgetSends(WriteContext context, long clientId, string externalId) =>
        context.Execute(
            """
            DELETE FROM optimove_interaction WHERE client_id = $1 AND customer = $2 AND state NOT IN (0, 1) AND event_id IN (0, 1, 2, 3, 4, 5, 6, 9)
                AND (campaign, channel_id, template_id) IN (SELECT campaign, channel_id, template_id FROM optimove_send WHERE client_id = $1 AND customer = $2)
            """, clientId, externalId)
        + context.Execute(
            """
            DELETE FROM optimove_send WHERE client_id = $1 AND customer = $2
                AND NOT EXISTS (SELECT 1 FROM mailing m WHERE m.mailing_id = optimove_send.mailing_id AND m.state NOT IN (5, 6))
            """, clientId, externalId);

    /// <returns>How many rows.</returns>
    internal static int ForgetPreferences(WriteContext context, long clientId, string externalId) =>
        context.Execute("DELETE FROM optimove_preference WHERE client_id = $1 AND customer = $2", clientId, externalId)
        + context.Execute("DELETE FROM optimove_consent WHERE client_id = $1 AND person = $2 AND by_address = 0", clientId, externalId);

    private static void Forget(WriteContext context, long clientId, string externalId)
    {
        ForgetSends(context, clientId, externalId);
        ForgetPreferences(context, clientId, externalId);
        context.Execute("DELETE FROM optimove_attribute WHERE client_id = $1 AND customer = $2 AND batch_id = 0", clientId, externalId);
        context.Execute("DELETE FROM optimove_dead_letter WHERE client_id = $1 AND customer = $2", clientId, externalId);
        context.Execute("DELETE FROM optimove_event WHERE client_id = $1 AND customer = $2 AND state <> 0", clientId, externalId);
    }

    private static Dictionary<string, string?> Values(string json) => JsonSerializer.Deserialize<Dictionary<string, string?>>(json, DefinitionJson.Options)!;
}
