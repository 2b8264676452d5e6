using ClosedLoop.Data.Privacy;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Data.Tests.Privacy;

public sealed class PersonErasureTests : OneDatabaseTests
{
    private const string Anna = "r1@example.org";
    private static readonly ErasureKey Key = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    private PersonReader People => new(Test.Database);

    private ErasedPeople Erased => new(Test.Database, Test.Writer, () => Key);

    [Theory, OnSqlite, OnPostgres]
    public async Task An_erased_person_is_in_no_table_and_the_sums_stay(DatabaseKind kind)
    {
        var mailing = await SentAsync(kind, recipients: 3);
        await Test.Writer.WriteAsync(context =>
        {
            ResponseStore.Add(context, TestDatabase.ClientId, mailing.MailingId, 1, Anna, ResponseCategory.Bounce, Test.Now, "mail", $"550 5.1.1 <{Anna}> unknown");
            SuppressionStore.Add(context, TestDatabase.ClientId, Anna, SuppressionKind.Unsubscribed, "link", mailing.MailingId, 1);
            context.Execute("UPDATE ledger SET reason = $2 WHERE mailing_id = $1 AND sequence = 1", mailing.MailingId, $"550 <{Anna}> unknown");
            context.Execute("INSERT INTO unsubscribe_stub (mailing_id, sequence, address) VALUES ($1, 77, $2)", mailing.MailingId, Anna);
            context.Execute(
                "INSERT INTO event (kind, client_id, mailing_id, sequence, link_ordinal, automated, occurred_at, recorded) VALUES ($1, $2, $3, 1, 1, 0, $4, $4)",
                (int)TrackedEventKind.Click, TestDatabase.ClientId, mailing.MailingId, context.Stamp);
        });
        var before = Test.Ledger.Count(mailing.MailingId);
        Assert.Single(People.Messages(clientId: null, "R1@Example.org"));

        var result = await Erasure().EraseAsync(TestDatabase.ClientId, "R1@example.org");

        Assert.Equal((1, 0, 1, 1, true), (result.Messages, result.Withdrawn, result.Responses, result.Links, result.Objected));
        Assert.Equal(before, Test.Ledger.Count(mailing.MailingId));
        Assert.Empty(People.Messages(clientId: null, Anna));
        Assert.True(People.Standing(TestDatabase.ClientId, Anna).IsEmpty);
        Assert.Equal(1, Test.Scalar("SELECT COUNT(*) FROM event"));
        Assert.Equal(2, Test.Scalar("SELECT COUNT(*) FROM recipient WHERE address LIKE 'r%'"));
        foreach (var (table, column) in TextColumns())
            Assert.True(Test.Scalar($"SELECT COUNT(*) FROM {table} WHERE CAST({column} AS TEXT) LIKE '%r1@example.org%'") == 0, $"{table}.{column} still names the person");

        // It can be done again, and then has nothing to do.
        Assert.Equal(0, (await Erasure().EraseAsync(TestDatabase.ClientId, Anna)).Messages);
        Assert.Equal(1, Erased.Count(TestDatabase.ClientId));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_audit_names_an_erased_person_by_keyed_hash_and_keeps_everybody_else(DatabaseKind kind)
    {
        await SentAsync(kind, recipients: 3);
        var audit = new ClosedLoop.Data.Auditing.AuditStore(Test.Database, Test.Writer, TimeProvider.System);
        await AddAsync("recipient/demo/r1@example.org", TestDatabase.ClientId, "R1@Example.org gets no more mail");
        await AddAsync("recipient/demo/er1@example.org", TestDatabase.ClientId, "er1@example.org and r1@example.org.uk stay");
        await AddAsync("recipient/other/r1@example.org", TestDatabase.ClientId + 1, "of another client");
        await AddAsync("user/ada", clientId: null, "asked by r1@example.org.");
        await Test.Writer.WriteAsync(context =>
        {
            context.Execute("INSERT INTO bulk_item (job_id, position, subject, outcome, answer) VALUES (1, 1, 'R1@example.org', 2, 'R1@example.org gets no more mail'), (1, 2, 'r2@example.org', 2, '')");
            context.Execute("INSERT INTO idempotency (actor, idempotency_key, fingerprint, status, body, created_at) VALUES ('a', 'k', 'f', 200, '{\"text\":\"R1@example.org\"}', 1)");
        });

        var result = await Erasure().EraseAsync(TestDatabase.ClientId, Anna);

        var rows = audit.Before(long.MaxValue, 10).OrderBy(entry => entry.Id).ToList();
        var mark = PersonErasure.Mark + result.Hash;
        Assert.Equal(2, result.Actions);
        Assert.Equal(("recipient/demo/" + mark, mark + " gets no more mail", $$"""{"was":"{{mark}}"}"""), (rows[0].Subject, rows[0].Answer, rows[0].Before));
        Assert.Equal(("recipient/demo/er1@example.org", "er1@example.org and r1@example.org.uk stay"), (rows[1].Subject, rows[1].Answer));
        Assert.Equal("recipient/other/r1@example.org", rows[2].Subject);
        Assert.Equal($"asked by {mark}.", rows[3].Answer);
        Assert.Equal("operator", rows[0].Actor);
        Assert.Equal(0, Test.Scalar("SELECT COUNT(*) FROM idempotency"));
        Assert.Equal((1, 0), (Test.Scalar("SELECT COUNT(*) FROM bulk_item WHERE subject LIKE 'erased:%'"), Test.Scalar("SELECT COUNT(*) FROM bulk_item WHERE answer LIKE '%r1%' OR answer LIKE '%R1%'")));
        Assert.Equal(0, (await Erasure().EraseAsync(TestDatabase.ClientId, Anna)).Actions);

        Task AddAsync(string subject, long? clientId, string answer) => audit.AddAsync(new ClosedLoop.Data.Auditing.AuditEntry
        {
            Actor = "operator",
            Origin = "api",
            Action = "recipient.block",
            Subject = subject,
            ClientId = clientId,
            Done = true,
            Answer = answer,
            Before = subject.StartsWith("recipient/demo/r1", StringComparison.Ordinal) ? """{"was":"R1@Example.org"}""" : null,
        });
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Profiles_user_databases_and_other_channels_forget_the_person_too(DatabaseKind kind)
    {
        var mailing = await SentAsync(kind, recipients: 3);
        await Test.Writer.WriteAsync(context =>
        {
            context.Execute("INSERT INTO profile (client_id, external_id, folded_id, email, attributes, recorded) VALUES ($1, 'c-1', 'c-1', 'R1@Example.org', '{}', 1), ($1, 'c-2', 'c-2', 'r2@example.org', '{}', 1)", TestDatabase.ClientId);
            context.Execute("INSERT INTO profile_device (client_id, external_id, token, platform, recorded) VALUES ($1, 'c-1', 'token', 'android', 1)", TestDatabase.ClientId);
            context.Execute("INSERT INTO optimove_attribute (client_id, customer, field, value, version, first_at) VALUES ($1, 'c-1', 'email', 'R1@Example.org', 1, 1)", TestDatabase.ClientId);
            context.Execute("INSERT INTO contact (client_id, database_id, row_id, code, fields) VALUES ($1, 1, 1, 0, $2), ($1, 1, 2, 0, $3)", TestDatabase.ClientId, "xR1@Example.orgx"u8.ToArray(), "xr2@example.orgx"u8.ToArray());
            context.Execute("INSERT INTO contact_key (client_id, database_id, address, row_id, by_code) VALUES ($1, 1, $2, 1, 0)", TestDatabase.ClientId, Anna);
            context.Execute("INSERT INTO channel_message (provider, provider_id, client_id, mailing_id, sequence, address, parts, recorded) VALUES ('p', '1', $1, $2, 1, $3, 1, 1)", TestDatabase.ClientId, mailing.MailingId, Anna);
        });

        var index = new ClosedLoop.Data.Lookup.AddressIndex(Test.Database, Test.Writer);
        while (await index.CatchUpAsync() > 0)
        {
            // Until everybody is in it.
        }

        await Erasure().EraseAsync(TestDatabase.ClientId, Anna);

        Assert.Equal(2, Test.Scalar("SELECT COUNT(*) FROM address_index"));
        Assert.Equal((1, 0, 0), (Test.Scalar("SELECT COUNT(*) FROM profile"), Test.Scalar("SELECT COUNT(*) FROM profile_device"), Test.Scalar("SELECT COUNT(*) FROM optimove_attribute")));
        Assert.Equal((1, 2, 0), (Test.Scalar("SELECT COUNT(*) FROM contact"), Test.Scalar("SELECT MIN(row_id) FROM contact"), Test.Scalar("SELECT COUNT(*) FROM contact_key")));
        Assert.Equal(1, Test.Scalar("SELECT COUNT(*) FROM channel_message WHERE address = $1", PersonErasure.Nobody));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_person_who_stands_everywhere_stands_nowhere_afterwards(DatabaseKind kind)
    {
        var mailing = await SentAsync(kind, recipients: 3);
        var id = mailing.MailingId;
        await Test.Writer.WriteAsync(context =>
        {
            void Put(string sql, params object?[] more) => context.Execute(sql, [TestDatabase.ClientId, "R1@Example.org", .. more]);
            Put("UPDATE ledger SET reason = '550 <' || $2 || '> unknown' WHERE mailing_id = $3 AND sequence = 1 AND $1 > 0", id);
            Put("INSERT INTO ledger_past (mailing_id, sequence, recorded, state, reason) SELECT $3, 1, 1, 3, 'said ' || $2 WHERE $1 > 0", id);
            Put("INSERT INTO inbound_file (file_id, client_id, name, sha256, size, state, records, imported, skipped, received_at, claimed_at, recorded) SELECT 77, $1, 'f', 'ab', 1, 5, 1, 1, 0, 1, 1, 1 WHERE $2 <> ''");
            Put("INSERT INTO file_problem (file_id, ordinal, code, step, message) SELECT 77, 1, 'E1', 'x', 'found ' || $2 WHERE $1 > 0");
            Put("INSERT INTO recipient_content (mailing_id, sequence, field, shape, url, sha256) SELECT $3, 1, 1, 1, 'https://c.example/' || $2, 'ab' WHERE $1 > 0", id);
            Put("INSERT INTO channel_receipt (provider, provider_id, state, client_id, code, detail, occurred_at, recorded) VALUES ('p', '9', 1, $1, '1', 'to ' || $2, 1, 1)");
            Put("INSERT INTO profile (client_id, external_id, folded_id, email, attributes, recorded) VALUES ($1, $2, lower($2), NULL, '{}', 1), ($1, 'c-1', 'c-1', $2, '{}', 1)");
            Put("INSERT INTO profile_device (client_id, external_id, token, platform, recorded) VALUES ($1, $2, 'token', 'android', 1)");
            Put("INSERT INTO optimove_attribute (client_id, customer, field, value, version, first_at) VALUES ($1, 'gone', 'email', $2, 1, 1), ($1, $2, 'score', '5', 1, 1)");
            Put("INSERT INTO optimove_batch (batch_id, client_id, secret_hash, customers, items, state, created_at) SELECT 1, $1, 'h', 1, 1, 1, 1 WHERE $2 <> ''");
            Put("INSERT INTO optimove_batch_item (batch_id, customer, field, value) SELECT 1, 'gone', 'email', $2 WHERE $1 > 0");
            Put("INSERT INTO optimove_dead_letter (letter_id, client_id, batch_id, customer, field, value, error, recorded) VALUES (1, $1, 1, 'gone', 'email', $2, 'no', 1)");
            Put("INSERT INTO optimove_event (event_id, client_id, type, dedup_key, campaign, channel_id, customer, occurred_at, received_at, state, raw) VALUES (1, $1, 11, 'k/' || $2, 'c', 1, $2, 1, 1, 1, $3)", "{\"customer\":\"R1@Example.org\"}"u8.ToArray());
            Put("INSERT INTO optimove_send (client_id, campaign, channel_id, template_id, customer, trigger_key, state, due_at, recorded) VALUES ($1, 'c', 1, 1, $2, '', 0, 1, 1)");
            Put("INSERT INTO optimove_interaction (client_id, campaign, channel_id, template_id, event_id, customer, trigger_key, label, occurred_at, created_at, state) VALUES ($1, 'c', 1, 1, 1, $2, '', 'l', 1, 1, 0)");
            Put("INSERT INTO optimove_preference (client_id, channel_id, customer, opted_in, decided, created_at, state) VALUES ($1, 504, $2, 1, 1, 1, 1)");
            Put("INSERT INTO optimove_consent (client_id, person, by_address, medium, recorded) VALUES ($1, $2, 1, 0, 1)");
            Put("INSERT INTO operation (operation_id, client_id, account_version, configuration, name, semaphores, host, sub_status, begun_at, modified_at, recorded) SELECT 5, $1, 1, 'c', 'n', '', 'h', '', 1, 1, 1 WHERE $2 <> ''");
            Put("INSERT INTO operation_problem (operation_id, ordinal, code, line, \"column\", message, occurred_at) SELECT 5, 1, 'W-04', 1, 1, 'no ' || $2, 1 WHERE $1 > 0");
        });
        var before = Naming("r1@example.org");
        string[] filled =
        [
            "recipient.address", "ledger.reason", "ledger_past.reason", "file_problem.message", "recipient_content.url", "channel_receipt.detail", "profile.external_id", "profile.email", "profile_device.external_id",
            "optimove_attribute.value", "optimove_attribute.customer", "optimove_batch_item.value", "optimove_dead_letter.value", "optimove_event.customer", "optimove_event.dedup_key", "optimove_event.raw", "optimove_send.customer",
            "optimove_interaction.customer", "optimove_preference.customer", "optimove_consent.person", "operation_problem.message",
        ];
        Assert.Empty(filled.Except(before));

        await Erasure().EraseAsync(TestDatabase.ClientId, Anna);

        Assert.Empty(Naming("r1@example.org"));
        Assert.Equal(1, Test.Scalar("SELECT COUNT(*) FROM optimove_send WHERE customer LIKE 'erased-%'"));
        Assert.Equal(3, Test.Scalar("SELECT COUNT(*) FROM ledger"));
    }

    /// <summary>Columns of text or octets in which an address stands, in any case.</summary>
    private List<string> Naming(string address)
    {
        using var connection = Test.Database.OpenRead();
        var columns = new List<(string Table, string Column)>();
        using (var statement = new Statement(connection, Test.Database.Kind == DatabaseKind.Postgres
            ? "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'public' AND data_type IN ('text', 'bytea')"
            : "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND p.type IN ('TEXT', 'BLOB')"))
        using (var reader = statement.Query())
        {
            while (reader.Read()) columns.Add((reader.GetString(0), reader.GetString(1)));
        }

        Assert.True(columns.Count > 100);
        return [.. columns.Where(column => Holds(column.Table, column.Column)).Select(column => $"{column.Table}.{column.Column}")];

        bool Holds(string table, string column)
        {
            using var statement = new Statement(connection, $"SELECT \"{column}\" FROM {table} WHERE \"{column}\" IS NOT NULL");
            using var reader = statement.Query();
            while (reader.Read())
            {
                var text = reader.GetValue(0) switch { byte[] octets => System.Text.Encoding.Latin1.GetString(octets), var other => other.ToString()! };
                if (text.Contains(address, StringComparison.OrdinalIgnoreCase)) return true;
            }

            return false;
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Who_waits_is_not_sent_to_any_more(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var mailing = await Test.ImportAndStartAsync(3);

        var result = await Erasure().EraseAsync(TestDatabase.ClientId, Anna);

        Assert.Equal(1, result.Withdrawn);
        Assert.Equal((2, 1), (Test.Ledger.Count(mailing.MailingId).Waiting, Test.Ledger.Count(mailing.MailingId).Suppressed));
        Assert.False((await Test.Ledger.ClaimAsync(mailing.MailingId, [1]))[0]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Who_is_being_handed_over_is_erased_afterwards(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var mailing = await Test.ImportAndStartAsync(3);
        Assert.True((await Test.Ledger.ClaimAsync(mailing.MailingId, [1]))[0]);
        Assert.StartsWith("CL9602", (await Assert.ThrowsAsync<BeingSentException>(() => Erasure().EraseAsync(TestDatabase.ClientId, Anna))).Message, StringComparison.Ordinal);

        await Test.Ledger.RecordAsync([Test.Outcome(mailing, 1, RecipientState.Sent)]);
        Assert.Equal(1, (await Erasure().EraseAsync(TestDatabase.ClientId, Anna)).Messages);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_list_knows_the_person_in_any_case_and_no_other(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        Assert.Same(ErasedSet.Empty, Erased.Of(TestDatabase.ClientId));
        await Erased.AddAsync(TestDatabase.ClientId, "Anna@Example.org", objected: false);

        var set = Erased.Of(TestDatabase.ClientId);
        Assert.True(set.Contains("anna@example.org"));
        Assert.True(set.Contains("ANNA@EXAMPLE.ORG"u8));
        Assert.False(set.Contains("hanna@example.org"));
        Assert.False(Erased.Of(7).Contains("anna@example.org"));
        Assert.Equal(0, Test.Scalar("SELECT COUNT(*) FROM erased_person WHERE hash LIKE '%anna%'"));

        Assert.True(await Erased.RemoveAsync(TestDatabase.ClientId, "anna@EXAMPLE.org"));
        Assert.False(Erased.Of(TestDatabase.ClientId).Contains("anna@example.org"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Who_objected_is_left_out_even_when_the_others_are_not(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        await Erased.AddAsync(TestDatabase.ClientId, "no@example.org", objected: true);
        await Erased.AddAsync(TestDatabase.ClientId, "no@example.org", objected: false);
        await Erased.AddAsync(TestDatabase.ClientId, "maybe@example.org", objected: false);

        var set = new ErasedPeople(Test.Database, Test.Writer, () => Key, suppress: false).Of(TestDatabase.ClientId);

        Assert.True(set.Contains("no@example.org"));
        Assert.False(set.Contains("maybe@example.org"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Without_the_key_nobody_is_taken_for_a_stranger(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        await Erased.AddAsync(TestDatabase.ClientId, Anna, objected: false);
        var other = new ErasedPeople(Test.Database, Test.Writer, () => new ErasureKey(new byte[32]));
        Assert.StartsWith("CL9603", Assert.Throws<ErasureKeyMissingException>(() => other.Of(TestDatabase.ClientId)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_another_length_is_refused() => Assert.Throws<ArgumentException>(() => new ErasureKey(new byte[31]));

    private PersonErasure Erasure() => new(Test.Database, Test.Writer, Test.Ledger, People, Erased, Test.Clock);

    private async Task<Data.Mailings.MailingRow> SentAsync(DatabaseKind kind, int recipients)
    {
        Test = new TestDatabase(kind);
        var mailing = await Test.ImportAndStartAsync(recipients);
        int[] everybody = [.. Enumerable.Range(0, recipients)];
        await Test.Ledger.ClaimAsync(mailing.MailingId, everybody);
        await Test.Ledger.RecordAsync([.. everybody.Select(sequence => Test.Outcome(mailing, sequence, RecipientState.Sent))]);
        Assert.True(await Test.Mailings.TryFinishAsync(mailing.MailingId));
        Assert.Equal(MailingState.Finished, Test.Mailings.Find(mailing.MailingId)!.State);
        return mailing;
    }

    /// <summary>Every column of every table that can hold text.</summary>
    private List<(string Table, string Column)> TextColumns()
    {
        using var connection = Test.Database.OpenRead();
        using var statement = new Statement(connection, Test.Database.Kind == DatabaseKind.Postgres
            ? "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'text'"
            : "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND p.type = 'TEXT'");
        using var reader = statement.Query();
        var columns = new List<(string, string)>();
        while (reader.Read()) columns.Add((reader.GetString(0), '"' + reader.GetString(1) + '"'));
        Assert.True(columns.Count > 40);
        return columns;
    }
}
