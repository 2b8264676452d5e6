using ClosedLoop.Data.Ledger;

namespace ClosedLoop.Delivery.Sending;

/// <summary>
/// The way through a slice that all channels share: read ahead, cut into groups, and prepare a group while the one before it is on the wire. What is allocated here is for a slice
/// or a group, never for a recipient.
/// </summary>
/// <typeparam name="TGroup">A group that is prepared.</typeparam>
internal sealed class GroupLoop<TGroup>
    where TGroup : class
{
    /// <summary>Most recipients of a group.</summary>
    public required int GroupSize { get; init; }

    /// <summary>Recipients that are due, from a sequence on; none at the end of the slice.</summary>
    public required Func<int, IReadOnlyList<DueRecipient>> Read { get; init; }

    /// <summary>Whether everybody has to wait, so that preparing would be for nothing.</summary>
    public required Func<bool> IsHeld { get; init; }

    /// <summary>Whether nobody more is to be claimed: a stop, or another silo has the slice.</summary>
    public required Func<bool> IsStopped { get; init; }

    /// <summary>Everything that can be done while they still wait; null ends the run.</summary>
    public required Func<IReadOnlyList<DueRecipient>, ValueTask<TGroup?>> Prepare { get; init; }

    /// <summary>Claims, hands over and records; the result is how many recipients reached an outcome.</summary>
    public required Func<TGroup, Task<int>> Send { get; init; }

    /// <summary>Gives back what a group that is not sent has taken.</summary>
    public Action<TGroup>? Drop { get; init; }

    /// <summary>Never returns, nor throws, before the group on the wire is recorded: the slice has one sender.</summary>
    /// <param name="from">First sequence of the slice.</param>
    /// <param name="to">End of the slice, exclusive.</param>
    /// <returns>Recipients that reached an outcome.</returns>
    public async Task<int> RunAsync(int from, int to)
    {
        var handled = 0;
        var onTheWire = Task.FromResult(0);
        try
        {
            foreach (var recipients in Groups(from, to))
            {
                if (await Prepare(recipients).ConfigureAwait(false) is not { } prepared) break;
                handled += await onTheWire.ConfigureAwait(false);
                if (IsStopped())
                {
                    Drop?.Invoke(prepared);
                    return handled;
                }

                onTheWire = Send(prepared);
            }

            return handled + await onTheWire.ConfigureAwait(false);
        }
        finally
        {
            await ((Task)onTheWire).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private IEnumerable<IReadOnlyList<DueRecipient>> Groups(int from, int to)
    {
        while (from < to)
        {
            var due = Read(from);
            if (due.Count == 0) yield break;
            for (var i = 0; i < due.Count; i += GroupSize)
            {
                if (IsHeld()) yield break;
                yield return due.Skip(i).Take(GroupSize).ToList();
            }

            from = due[^1].Sequence + 1;
        }
    }
}
