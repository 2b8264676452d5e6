using System.Globalization;
using System.Text;
using ClosedLoop.Data.Orders;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Feedback;

/// <summary>The summary by mail (xml-delivery spec section 13): plain text, once, at the end.</summary>
internal static class OperationSummary
{
    public static string Subject(OperationView view) => $"[closed-loop] {StatusOf(view.Operation)} {OrderFileName.XmlOf(view.Operation.Name)}";

    public static string Body(OperationView view)
    {
        var operation = view.Operation;
        var text = new StringBuilder();
        Line(text, "file", OrderFileName.XmlOf(operation.Name));
        Line(text, "operation", operation.OperationId.ToString(CultureInfo.InvariantCulture));
        Line(text, "configuration", operation.Configuration);
        Line(text, "status", StatusOf(operation));
        Line(text, "start", view.Time(operation.BegunAt));
        Line(text, "end", view.Time(operation.EndedAt));
        Line(text, "recipients", string.Create(CultureInfo.InvariantCulture, $"{operation.RowsRead} read, {operation.RowsAdded} added, {operation.RowsSkipped} skipped"));
        Line(text, "filter", view.Step(SubStatus.Qualifier)?.Message ?? "");
        Line(text, "filter of the test", view.Step(SubStatus.QualifierTest)?.Message ?? "");
        foreach (var delivery in view.Deliveries)
        {
            Line(text, delivery.Test ? "test delivery" : "delivery", string.Create(CultureInfo.InvariantCulture, $"{delivery.DeliveryId} {delivery.State.ToString().ToUpperInvariant()}{When(view, delivery)}"));
            if (!delivery.Test && delivery.WebToken is { } token) Line(text, "published", Messages.WebPages.PathOf(token));
        }

        foreach (var problem in view.Problems) Line(text, problem.IsError ? "error" : "warning", problem.Text);
        return text.ToString();
    }

    /// <summary>The word of the specification.</summary>
    public static string StatusOf(OperationRow operation) => operation.Status.ToString().ToUpperInvariant();

    private static string When(OperationView view, DeliveryRow delivery) =>
        (delivery.StartedAt ?? delivery.StartAt ?? delivery.ProposedAt) is { } at ? " " + view.Time(at) : "";

    private static void Line(StringBuilder text, string name, string value)
    {
        // One line each: a message may hold what somebody else has written.
        if (value.Length > 0) text.Append(name).Append(": ").Append(string.Concat(value.Select(c => char.IsControl(c) ? ' ' : c))).Append('\n');
    }
}
