namespace ClosedLoop.Model;

/// <summary>Looks again and again, whatever ails the source. For work whose state is safe elsewhere: in a table, a folder, at a server.</summary>
public static class RecurringWork
{
    /// <summary>Runs until it is asked to stop; a look that was cut off by that is no failure.</summary>
    /// <param name="look">One look; everything it throws is reported and survived.</param>
    /// <param name="pause">Between the end of a look and the next.</param>
    /// <param name="time">Clock of the pause.</param>
    /// <param name="failed">Told what a look threw.</param>
    /// <param name="stopping">Ends the loop.</param>
    public static async Task RunAsync(Func<CancellationToken, Task> look, TimeSpan pause, TimeProvider time, Action<Exception> failed, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(look);
        ArgumentNullException.ThrowIfNull(failed);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await look(stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // what is to be done is safe at its source; the loop must outlive whatever ails it
            catch (Exception cause)
#pragma warning restore CA1031
            {
                failed(cause);
            }

            await Task.Delay(pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
