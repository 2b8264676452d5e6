using ClosedLoop.Data.Orders;
using ClosedLoop.Model;

namespace ClosedLoop.Intake.Orders.Feedback;

/// <summary>Everything that feedback tells of an operation.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Transitions">Its steps so far.</param>
/// <param name="Problems">What was found.</param>
/// <param name="Deliveries">What it made.</param>
/// <param name="Zone">Zone of the account, in which times are written.</param>
internal sealed record OperationView(
    OperationRow Operation, IReadOnlyList<OperationTransition> Transitions, IReadOnlyList<OperationProblem> Problems, IReadOnlyList<DeliveryRow> Deliveries, TimeZoneInfo Zone)
{
    /// <summary>ISO 8601 with offset; empty for what has not happened.</summary>
    public string Time(long? microseconds) => microseconds is { } at
        ? FormattableString.Invariant($"{TimeZoneInfo.ConvertTime(Instants.FromMicroseconds(at), Zone):yyyy-MM-ddTHH:mm:sszzz}")
        : "";

    /// <summary>The step of a name, whose message is an id.</summary>
    public OperationTransition? Step(string subStatus) => Transitions.LastOrDefault(transition => transition.SubStatus == subStatus);
}
