using System.Globalization;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Data.Privacy;

/// <summary>
/// Takes one person out of a client's data. Rows that the sums rest on stay without what says who it was; everything else goes. First the person is remembered by
/// keyed hash, so that no crash lets an import bring back whom it has half erased; then everything can be done again.
/// </summary>
public sealed partial class PersonErasure(Database database, LedgerWriter writer, RecipientLedger ledger, PersonReader people, ErasedPeople erased, TimeProvider time)
{
    /// <summary>Stands in place of an erased address (RFC 2606 section 2: nobody can ever have it). It is blocked, so that nothing is sent to it.</summary>
    public const string Nobody = "erased@erased.invalid";

    private const string Reason = "W210 erased";

    /// <exception cref="BeingSentException">Try again in a moment.</exception>
    public async Task<ErasureResult> EraseAsync(long clientId, string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var folded = AddressCase.Fold(address);
        var standing = people.Standing(clientId, folded);
        var hash = await erased.AddAsync(clientId, folded, standing.Objected).ConfigureAwait(false);
        await writer.WriteAsync(context => SuppressionStore.Add(context, clientId, Nobody, SuppressionKind.Blocked, "stands for erased people", mailingId: null, sequence: null)).ConfigureAwait(false);

        var messages = people.Messages(clientId, folded);
        var waiting = messages.Where(message => message.State == RecipientState.Waiting).ToList();
        await ledger.RecordAsync(waiting.ConvertAll(Withdrawn)).ConfigureAwait(false);
        messages = people.Messages(clientId, folded);
        if (messages.FirstOrDefault(message => message.State is RecipientState.Sending or RecipientState.Waiting) is { } open)
        {
            throw new BeingSentException(string.Create(CultureInfo.InvariantCulture,
                $"CL9602: a message of mailing {open.MailingId} to this person is being handed over; nothing more goes out to them, erase again in a moment"));
        }

        var contacts = Contacts(clientId, System.Text.Encoding.UTF8.GetBytes(folded));
        var links = people.UnsubscribeLinks(clientId, folded).Count;
        return await writer.WriteAsync(context =>
        {
            // SQLite: what is freed is overwritten with zeros, not only forgotten.
            if (context.Kind == DatabaseKind.Sqlite) context.Execute("PRAGMA secure_delete = ON");
            var responses = 0;
            foreach (var message in messages) responses += Empty(context, message);
            var entries = Entries(context, clientId, folded) + ForgetContacts(context, clientId, folded, contacts) + ForgetProfiles(context, clientId, folded) + ForgetTraces(context, clientId, folded);
            RenameCustomer(context, clientId, folded, hash);
            context.Execute(
                "DELETE FROM unsubscribe_stub WHERE lower(address) = $1 AND mailing_id IN (SELECT mailing_id FROM mailing WHERE client_id = $2)", folded, clientId);
            var actions = ForgetActions(context, clientId, folded, hash);
            if (context.Kind == DatabaseKind.Sqlite) context.Execute("PRAGMA secure_delete = OFF");
            return new ErasureResult(hash, standing.Objected, messages.Count, waiting.Count, responses, links, entries, actions);
        }).ConfigureAwait(false);
    }

    /// <summary>Gives the space of what was erased back where the database keeps copies of it: the write-ahead log of SQLite.</summary>
    public void Checkpoint()
    {
        if (database.Kind != DatabaseKind.Sqlite) return;
        using var connection = database.OpenWrite();
        using var statement = new Statement(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        statement.Execute();
    }

    private SendOutcome Withdrawn(PersonMessage message) => new()
    {
        MailingId = message.MailingId,
        ClientId = message.ClientId,
        Sequence = message.Sequence,
        Address = message.Address,
        State = RecipientState.Suppressed,
        Unclaimed = true,
        DoneAt = time.NowMicroseconds(),
        Reason = Reason,
    };

    private static int Empty(WriteContext context, PersonMessage message)
    {
        var (mailing, sequence) = (message.MailingId, message.Sequence);
        context.Execute("UPDATE recipient SET address = $3, fields = $4 WHERE mailing_id = $1 AND sequence = $2", mailing, sequence, Nobody, Array.Empty<byte>());
        context.Execute("DELETE FROM recipient_content WHERE mailing_id = $1 AND sequence = $2", mailing, sequence);
        context.Execute("UPDATE channel_message SET address = $3 WHERE mailing_id = $1 AND sequence = $2", mailing, sequence, Nobody);

        EmptyChannel(context, mailing, sequence);

        ForgetReasons(context, mailing, sequence, message.Address);
        return context.Execute("UPDATE response SET detail = NULL WHERE mailing_id = $1 AND sequence = $2", mailing, sequence);
    }

    private static int Entries(WriteContext context, long clientId, string folded)
    {
        var entries = context.Execute("DELETE FROM suppression WHERE client_id = $1 AND address = $2", clientId, folded);
        entries += context.Execute("DELETE FROM untracked WHERE client_id = $1 AND address = $2", clientId, folded);
        entries += context.Execute("DELETE FROM bounce_counter WHERE client_id = $1 AND address = $2", clientId, folded);
        entries += context.Execute("DELETE FROM product_row WHERE client_id = $1 AND kind = 1 AND lower(id) = $2", clientId, folded);
        return entries;
    }
}
