using System.Globalization;
using ClosedLoop.Data.Accounts;
using ClosedLoop.Data.Orders;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Folders;

/// <summary>
/// Removes from folders of orders what the service put there, when its time is over: reports, and what it moved to <c>processed/</c> and <c>failed/</c>. Orders and lists
/// that lie where the client put them are the client's.
/// </summary>
public sealed class OrderFolderUpkeep(AccountStore accounts, OperationStore operations, IOrderFolders folders)
{
    private const string Stamp = "yyyyMMddHHmmss";

    private static readonly string[] Archives = ["processed", "failed"];

    /// <summary>Removes what is older than a moment; a folder that is not polled is left alone.</summary>
    /// <returns>How many files went.</returns>
    public async Task<int> RunAsync(ClientDefinition client, DateTimeOffset before, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (accounts.Find(client.Id) is not { Value.XmlDelivery.Enabled: true } account) return 0;
        var folder = folders.Open(client, account.Value.XmlDelivery);
        var running = operations.Open(client.Id).SelectMany(operation => new[] { OrderFileName.ReportOf(operation.Name), OrderFileName.MarkerOf(operation.Name) }).ToHashSet(StringComparer.Ordinal);
        var removed = 0;
        foreach (var entry in await folder.ListAsync(cancellation))
        {
            if (!IsReport(entry.Name) || entry.Modified >= before || running.Contains(entry.Name)) continue;
            if (await folder.DeleteAsync(entry.Name, cancellation)) removed++;
        }

        foreach (var archive in Archives)
        {
            foreach (var name in await folder.ListBelowAsync(archive, cancellation))
            {
                if (MovedAt(name) is not { } moved || moved >= before) continue;
                await folder.DeleteBelowAsync(archive, name, cancellation);
                removed++;
            }
        }

        return removed;
    }

    private static bool IsReport(string name) => name.EndsWith(".report.xml", StringComparison.Ordinal) || name.EndsWith(".report.xml.done", StringComparison.Ordinal);

    /// <summary>The time that stands in front of the name: the file itself keeps the one that its writer gave it.</summary>
    private static DateTimeOffset? MovedAt(string name) =>
        name.Length > Stamp.Length && name[Stamp.Length] == '-' && DateTime.TryParseExact(name[..Stamp.Length], Stamp, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moved)
            ? new DateTimeOffset(moved, TimeSpan.Zero)
            : null;
}
