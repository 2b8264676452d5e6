namespace ClosedLoop.Grains.Clients;

/// <summary>One client's standing decisions; key: the client's key.</summary>
[Alias("ClosedLoop.Client")]
public interface IClientGrain : IGrainWithStringKey
{
    /// <summary>Starts the client's drop zone and export, and goes on with its mailings. Starting twice is harmless.</summary>
    [Alias("Start")]
    Task StartAsync();

    /// <summary>
    /// A failed file stops the folder until an operator acts (closed-loop spec section 6). Interleaves, like its counterpart: the drop
    /// zone calls it while the client may be waiting for the drop zone.
    /// </summary>
    [Alias("StopFolder")]
    [AlwaysInterleave]
    Task StopFolderAsync(string reason);

    [Alias("ResumeFolder")]
    [AlwaysInterleave]
    Task ResumeFolderAsync();

    [Alias("GetFolder")]
    [AlwaysInterleave]
    Task<FolderState> GetFolderAsync();
}
