namespace ClosedLoop.Grains.Zones;

/// <summary>One poller per zone in the whole cluster; key: the client's key.</summary>
[Alias("ClosedLoop.DropZone")]
public interface IDropZoneGrain : IGrainWithStringKey
{
    /// <summary>Starts polling and takes up what a crash left behind. Starting twice does nothing the second time.</summary>
    [Alias("Start")]
    Task StartAsync();

    /// <summary>Looks into the folder now.</summary>
    [Alias("Poll")]
    Task PollAsync();

    [Alias("GetStatus")]
    [AlwaysInterleave]
    Task<DropZoneStatus> GetStatusAsync();

    /// <summary>The intake of a file has ended, one way or the other.</summary>
    /// <param name="work">Which work has ended; one that another silo began means nothing to this one.</param>
    /// <param name="fileId">The file, 0 for none.</param>
    /// <param name="failed">Whether it failed, or the work broke off.</param>
    [Alias("FileDone")]
    Task FileDoneAsync(Guid work, long fileId, bool failed);

    /// <summary>Takes a failed file up again (closed-loop spec section 6).</summary>
    [Alias("Retry")]
    Task<OperatorAnswer> RetryAsync(long fileId);

    /// <summary>Puts a corrected file, already in the <c>in</c> folder's place named, where the failed one stood, or one that waits for approval.</summary>
    [Alias("Replace")]
    Task<OperatorAnswer> ReplaceAsync(long fileId, string path);

    /// <summary>Somebody says yes to a file that waits for approval.</summary>
    /// <param name="fileId">The file.</param>
    /// <param name="name">Who, as the audit has it.</param>
    /// <param name="person">The person behind it; <c>null</c> when nobody knows.</param>
    /// <param name="reason">Why.</param>
    [Alias("Approve")]
    Task<OperatorAnswer> ApproveAsync(long fileId, string name, string? person, string? reason);

    /// <summary>Gives a failed file up, or one that waits for approval; the folder goes on.</summary>
    [Alias("Discard")]
    Task<OperatorAnswer> DiscardAsync(long fileId);

    /// <summary>The same, and whom the client names to be told of problems gets a mail with the reason, once.</summary>
    [Alias("Reject")]
    Task<OperatorAnswer> RejectAsync(long fileId, string reason);
}
