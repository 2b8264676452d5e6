using ClosedLoop.Intake.Orders.Accounts;
using ClosedLoop.Model.Accounts;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders;

/// <summary>Checks an order and the lists beside it as the service would, and does nothing else: the command <c>check order.xml</c>.</summary>
public static class OrderCheck
{
    /// <summary>Reads the order, then its lists, and reports everything that is wrong.</summary>
    /// <param name="path">The instructions file; lists are looked for in its folder only.</param>
    /// <param name="account">The account; without one what hangs on it is not checked.</param>
    /// <param name="time">The clock for E-14.</param>
    /// <param name="limits">Bounds; those of the specification when null.</param>
    /// <param name="cancellation">Stops the reading of lists.</param>
    public static OrderCheckResult Run(string path, AccountDefinition? account, TimeProvider time, OrderLimits? limits = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(time);
        limits ??= OrderLimits.Default;
        var reading = OrderReader.Read(() => File.OpenRead(path), limits);
        var problems = reading.Problems;
        var name = Path.GetFileName(path);
        if (OrderFileName.OrderOfXml(name) is null) problems.Add(OrderErrorCodes.E06, 0, 0, "the name of the order is not allowed; expected NAME.xml, where NAME does not end in .report");
        if (reading.Order is not { } order) return new OrderCheckResult { Order = null, Problems = problems, Normal = null, Test = null, StartsAt = null };

        var configuration = account?.XmlDelivery ?? new OrderConfiguration();
        UserDatabase? database = null;
        if (account is not null)
        {
            var rules = new AccountRules(reading, account);
            rules.Check();
            database = rules.Database;
        }

        var startsAt = OrderStart.Check(reading, configuration, time.GetUtcNow());
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var lists = new ListCheck(reading, order, database, configuration, limits, path, folder, cancellation);
        return new OrderCheckResult { Order = order, Problems = problems, Normal = lists.Run(order.Normal, test: false), Test = lists.Run(order.Test, test: true), StartsAt = startsAt };
    }
}
