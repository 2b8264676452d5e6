using ClosedLoop.Intake.Orders.Lists;
using ClosedLoop.Model.Accounts;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders;

/// <summary>Reads the recipients of an order to their end.</summary>
internal sealed class ListCheck(
    OrderReading reading, Order order, UserDatabase? database, OrderConfiguration configuration, OrderLimits limits, string path, string folder, CancellationToken cancellation)
{
    /// <summary>Counts the rows of a target; null when it has none of its own or they cannot be read.</summary>
    public RowCounts? Run(OrderTarget? target, bool test)
    {
        if (target is null or FilterTarget) return null;
        var file = (target as ListTarget)?.FileName;
        using var rows = Open(target, test);
        if (rows is null) return null;
        if (RowCheck.For(rows, order.Channel, database, reading.Problems, file, (target.Line, target.Column)) is not { } check) return null;
        var errorsBefore = reading.Problems.ErrorCount;
        long usable = 0;
        while (check.Read())
        {
            if (++usable % 1024 == 0) cancellation.ThrowIfCancellationRequested();
            if (!test || usable <= limits.MaxTestRecipients) continue;
            if (file is not null) reading.Problems.Add(OrderErrorCodes.W02, rows.Line, 0, FormattableString.Invariant($"more than {limits.MaxTestRecipients} test recipients; this row and the following are ignored"), file);
            usable = limits.MaxTestRecipients;
            break;
        }

        if (usable == 0 && reading.Problems.ErrorCount == errorsBefore) reading.Problems.Add(OrderErrorCodes.E10, target.Line, target.Column, FormattableString.Invariant($"none of {rows.Count} rows can be used"));
        CheckEndpoints(check);
        return new RowCounts(rows.Count, usable);
    }

    private IOrderRows? Open(OrderTarget target, bool test)
    {
        if (target is not ListTarget list) return new InlineRows(() => File.OpenRead(path), test, ((InlineTarget)target).Fields, limits);
        var file = Path.Combine(folder, list.FileName);
        if (!File.Exists(file))
        {
            reading.Problems.Add(OrderErrorCodes.E05, list.Line, list.Column, $"{list.FileName} is not beside the order");
            return null;
        }

        var charset = configuration.CsvEncoding ?? database?.Charset ?? (order.Message as EmailMessage)?.Encoding ?? "utf-8";
        return ListRows.Open(() => File.OpenRead(file), list.FileName, charset, configuration.CsvSeparator, limits, reading.Problems);
    }

    private void CheckEndpoints(RowCheck check)
    {
        if (order.Message is not PushMessage push) return;
        var (line, column) = reading.Places["push_endpoints"];
        if (check.Endpoints.Contains("APN") && push.Apn is null) reading.Problems.Add(OrderErrorCodes.E17, line, column, "a recipient uses APN, but there is no <apn>");
        if (check.Endpoints.Contains("GCM") && push.Gcm is null) reading.Problems.Add(OrderErrorCodes.E17, line, column, "a recipient uses GCM, but there is no <gcm>");
    }
}
