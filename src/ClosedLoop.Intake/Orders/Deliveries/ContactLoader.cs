using ClosedLoop.Data.Accounts;
using ClosedLoop.Data.Contacts;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Intake.Orders.Lists;
using ClosedLoop.Model.Accounts;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Deliveries;

/// <summary>Loads rows into a user database outside of any order, under its lock.</summary>
public sealed class ContactLoader(AccountStore accounts, ContactStore contacts)
{
    private const int Chunk = 1000;

    /// <summary>Loads a list of the grammar of orders; rows that cannot be used are left out and told.</summary>
    /// <param name="clientId">Whose database.</param>
    /// <param name="databaseId">Which.</param>
    /// <param name="open">Opens the list at its start.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="cancellation">Stops between chunks; what was loaded stays.</param>
    /// <returns>Rows read and loaded, and what was found; no row is loaded when there is an error.</returns>
    /// <exception cref="KeyNotFoundException">There is no such account or database.</exception>
    /// <exception cref="InvalidOperationException">The database is locked.</exception>
    public async Task<(RowCounts Counts, OrderProblems Problems)> LoadAsync(long clientId, long databaseId, Func<Stream> open, string file, CancellationToken cancellation = default)
    {
        var account = accounts.Find(clientId)?.Value ?? throw new KeyNotFoundException($"CL3404: client {clientId} has no account.");
        var database = account.Databases.FirstOrDefault(each => each.Id == databaseId) ?? throw new KeyNotFoundException($"CL3405: the account has no database {databaseId}.");
        var holder = FormattableString.Invariant($"load of {file}");
        if (!await contacts.TryLockAsync(clientId, databaseId, holder)) throw new InvalidOperationException($"CL3406: database {databaseId} is locked; see closedloop orders locks.");
        try
        {
            return await LoadAsync(account, database, clientId, open, file, cancellation);
        }
        finally
        {
            await contacts.UnlockAsync(clientId, databaseId, holder);
        }
    }

    private async Task<(RowCounts Counts, OrderProblems Problems)> LoadAsync(
        AccountDefinition account, UserDatabase database, long clientId, Func<Stream> open, string file, CancellationToken cancellation)
    {
        var problems = new OrderProblems();
        var limits = OrderLimits.Default;
        using var rows = ListRows.Open(open, file, account.XmlDelivery.CsvEncoding ?? database.Charset, account.XmlDelivery.CsvSeparator, limits, problems);
        if (rows is null || RowCheck.For(rows, ChannelOf(database), database, problems, file, (0, 0)) is not { } check) return (new RowCounts(0, 0), problems);
        var layout = accounts.LayoutOf(clientId, database.Id);
        var row = new ContactRow(layout, database, rows, check, code: "");
        using var block = new RecipientBlock();
        long loaded = 0;
        var more = true;
        while (more)
        {
            block.Clear();
            while (block.Count < Chunk && (more = check.Read())) row.Write(block);
            cancellation.ThrowIfCancellationRequested();
            await contacts.InsertAsync(layout, block, code: 0, database.UniqueAddress ? row.Supplied : null);
            loaded += block.Count;
        }

        return (new RowCounts(rows.Count, loaded), problems);
    }

    /// <summary>The channel whose addresses the database has.</summary>
    private static OrderChannel ChannelOf(UserDatabase database) =>
        database.Fields.Any(field => field.Role == FieldRole.Email) ? OrderChannel.Email
        : database.Fields.Any(field => field.Role == FieldRole.Phone) ? OrderChannel.Sms
        : OrderChannel.Push;
}
