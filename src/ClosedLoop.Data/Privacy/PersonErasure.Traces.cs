using ClosedLoop.Data.Lookup;

namespace ClosedLoop.Data.Privacy;

/// <summary>Where an address stands that nothing leads to: what machines wrote down, and customers whose own id is their address.</summary>
public sealed partial class PersonErasure
{
    /// <summary>Texts that others wrote, which may quote anybody.</summary>
    private static readonly (string Table, string Column, string Instead, string OfClient)[] Quoting =
    [
        ("file_problem", "message", "'erased'", "file_id IN (SELECT file_id FROM inbound_file WHERE client_id = $1)"),
        ("operation_problem", "message", "'erased'", "operation_id IN (SELECT operation_id FROM operation WHERE client_id = $1)"),
        ("channel_receipt", "detail", "''", "client_id = $1"),
        ("optimove_interaction", "reason", "NULL", "client_id = $1"),
        ("optimove_event", "reason", "NULL", "client_id = $1"),
    ];

    private static int ForgetTraces(WriteContext context, long clientId, string folded)
    {
        var isPostgres = context.Kind == DatabaseKind.Postgres;
        foreach (var (table, column, instead, ofClient) in Quoting)
        {
            var quotes = isPostgres ? $"position($2 IN lower({column})) > 0" : $"instr(lower({column}), $2) > 0";
            context.Execute($"UPDATE {table} SET {column} = {instead} WHERE {ofClient} AND {quotes}", clientId, folded);
        }

        var rows = context.Execute("DELETE FROM optimove_attribute WHERE client_id = $1 AND (lower(value) = $2 OR lower(customer) = $2)", clientId, folded);
        rows += context.Execute("DELETE FROM optimove_dead_letter WHERE client_id = $1 AND (lower(value) = $2 OR lower(customer) = $2)", clientId, folded);
        rows += context.Execute("DELETE FROM optimove_batch_item WHERE (lower(value) = $2 OR lower(customer) = $2) AND batch_id IN (SELECT batch_id FROM optimove_batch WHERE client_id = $1)", clientId, folded);
        rows += context.Execute("DELETE FROM optimove_preference WHERE client_id = $1 AND lower(customer) = $2", clientId, folded);
        rows += context.Execute("DELETE FROM optimove_consent WHERE client_id = $1 AND lower(person) = $2", clientId, folded);
        rows += context.Execute("DELETE FROM profile_device WHERE client_id = $1 AND lower(external_id) = $2", clientId, folded);
        return rows + context.Execute("DELETE FROM profile WHERE client_id = $1 AND lower(external_id) = $2", clientId, folded);
    }

    /// <summary>
    /// A customer's own id for a person may be the address. That something was sent stays, under an id that says nothing but that it was one person;
    /// the hash is the keyed one that the person is remembered by.
    /// </summary>
    private static void RenameCustomer(WriteContext context, long clientId, string folded, string hash)
    {
        var nobody = "erased-" + hash[..16];
        context.Execute("UPDATE optimove_event SET customer = $3, raw = $4, dedup_key = $5 WHERE client_id = $1 AND lower(customer) = $2", clientId, folded, nobody, Array.Empty<byte>(), nobody);
        foreach (var table in new[] { "optimove_send", "optimove_interaction" })
            context.Execute($"UPDATE {table} SET customer = $3 WHERE client_id = $1 AND lower(customer) = $2", clientId, folded, nobody);
    }

    private static void ForgetReasons(WriteContext context, long mailing, int sequence, string address)
    {
        // What a relay or a gateway said may name the address, be it a number; which code it gave stays.
        var quotes = context.Kind == DatabaseKind.Postgres ? "position(lower($3) IN lower(reason)) > 0" : "instr(lower(reason), lower($3)) > 0";
        foreach (var table in new[] { "ledger", "ledger_past" })
            context.Execute($"UPDATE {table} SET reason = substr(reason, 1, 4) WHERE mailing_id = $1 AND sequence = $2 AND (reason LIKE '%@%' OR {quotes})", mailing, sequence, address);

        // A plain hash of an address is found by trying.
        context.Execute("DELETE FROM address_index WHERE hash = $1 AND mailing_id = $2 AND sequence = $3", AddressIndex.HashOf(address), mailing, sequence);
    }
}
