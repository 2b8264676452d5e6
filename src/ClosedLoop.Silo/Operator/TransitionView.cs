using ClosedLoop.Data.Orders;
using ClosedLoop.Model;

namespace ClosedLoop.Silo.Operator;

/// <summary>A transition; <c>Status</c> is a sub-status.</summary>
internal sealed record TransitionView(string Status, string Message, DateTimeOffset BeginsAt, DateTimeOffset? EndsAt)
{
    public static TransitionView Of(OperationTransition transition) => new(
        transition.SubStatus, transition.Message, Instants.FromMicroseconds(transition.BegunAt), transition.EndedAt is { } ended ? Instants.FromMicroseconds(ended) : null);
}
