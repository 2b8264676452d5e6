namespace ClosedLoop.Responses.Inbound;

/// <summary>Looks again and again, whatever ails the source.</summary>
internal static class EntryLoop
{
    public static async Task RunAsync(Func<CancellationToken, Task<int>> look, TimeSpan pause, TimeProvider time, Action<Exception> failed, CancellationToken stopping)
    {
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
#pragma warning disable CA1031 // the mails are safe at their source; the loop must outlive whatever ails it
            catch (Exception cause)
#pragma warning restore CA1031
            {
                failed(cause);
            }

            await Task.Delay(pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
