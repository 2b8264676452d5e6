using System.Globalization;
using ClosedLoop.Intake.Orders.Xml;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders;

/// <summary>Who receives and when: xml-delivery spec sections 6 and 8.</summary>
internal sealed partial class OrderBuilder
{
    private (OrderTarget? Normal, OrderTarget? Test) Targets(OrderNode? recipients)
    {
        if (recipients is null) return default;
        var normal = Target(recipients["new_recipients"], recipients["filter"]?["normal"], out var normalNamed);
        var test = Target(recipients["test_recipients"], recipients["filter"]?["test"], out var testNamed);
        if (test is FilterTarget { FilterId: 0 } zero) problems.Add(OrderErrorCodes.E11, zero.Line, zero.Column, "filter 0, the whole database, is not allowed for a test");
        if (normal is FilterTarget { FilterId: 0 } all) problems.Add(OrderErrorCodes.W06, all.Line, all.Column, "filter 0 sends to the whole database, if the account allows it");
        if (test is InlineTarget inline && inline.Count > limits.MaxTestRecipients)
        {
            problems.Add(OrderErrorCodes.W02, inline.Line, inline.Column, string.Create(CultureInfo.InvariantCulture, $"{inline.Count} test recipients; the first {limits.MaxTestRecipients} are used"));
        }

        if (!normalNamed && !testNamed) problems.Add(OrderErrorCodes.E08, recipients.Line, recipients.Column, "<recipients> names nobody; expected new_recipients or filter/normal, or a test target");
        else if (!normalNamed) problems.Add(OrderErrorCodes.W14, recipients.Line, recipients.Column, "only a test target is named; no normal delivery is made");
        return (normal, test);
    }

    /// <param name="list">Recipients of the order.</param>
    /// <param name="filter">Filter of the account, which counts only without them.</param>
    /// <param name="named">Something is there, even if it cannot be used.</param>
    private OrderTarget? Target(OrderNode? list, OrderNode? filter, out bool named)
    {
        named = list is not null || filter is not null;
        if (list is null) return filter?.Value is { } id ? new FilterTarget(Number(id), filter.Line, filter.Column) : null;
        if (filter is not null) problems.Add(OrderErrorCodes.W01, filter.Line, filter.Column, $"<{filter.Name}> is ignored, because <{list.Name}> is there");
        if (list.Rows > 0) return new InlineTarget([.. list.Fields], list.Rows, list.Children[0].Line, list.Children[0].Column);
        var file = list["csv_file"] ?? list["test_csv_file"];
        if (file?.Value is not { } name) return null;
        if (OrderFileName.IsAllowed(name)) return new ListTarget(name, file.Line, file.Column);
        problems.Add(OrderErrorCodes.E06, file.Line, file.Column, $"the name in <{file.Name}> is not allowed; expected 1 to {OrderFileName.MaxLength} of A-Z, a-z, 0-9, '.', '_' and '-', a letter or digit first, no path");
        return null;
    }

    private OrderDelivery? Delivery(OrderNode? node)
    {
        if (node is null) return null;
        places.Note("schedule", node["schedule"]);
        places.Note("transactional", node["transactional"]);
        places.Note("schedule_report", node["schedule_report"]);
        var method = node.Attributes.GetValueOrDefault("method") == "manual" ? DeliveryMethod.Manual : DeliveryMethod.Auto;
        DateTime? time = null;
        if (node["schedule"] is { Value: { } text } schedule)
        {
            time = OrderSchedule.Parse(text);
            if (time is null) problems.Add(OrderErrorCodes.E02, schedule.Line, schedule.Column, "<schedule> is no date of the calendar or no time of the day", "Day, month or hour are out of range or interchanged.", "Write yyyy-mm-ddThh:mm:ss.");
            else if (method == DeliveryMethod.Manual) problems.Add(OrderErrorCodes.W03, schedule.Line, schedule.Column, "with method manual <schedule> is a proposal only");
        }

        var report = node["schedule_report"];
        var addresses = Addresses(report);
        return new OrderDelivery
        {
            Method = method,
            Schedule = time,
            RemoveDuplicates = node["remove_duplicates"] is not null,
            Transactional = node["transactional"] is not null,
            StatisticsReport = report?["delay_hour"]?.Value is { } hours ? new StatisticsReport(addresses, (int)Number(hours)) : null,
        };
    }
}
