namespace ClosedLoop.Sftp.Ssh;

/// <summary>What carries the packets.</summary>
internal interface ISftpChannel : IAsyncDisposable
{
    /// <summary>From the server.</summary>
    Stream Input { get; }

    /// <summary>To the server.</summary>
    Stream Output { get; }

    /// <summary>Why the channel ended.</summary>
    Task<SftpException> ReasonAsync(string during, Exception? cause);
}
