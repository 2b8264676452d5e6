namespace ClosedLoop.Sftp;

/// <summary>An SFTP operation that did not succeed.</summary>
public sealed class SftpException : IOException
{
    public SftpException()
    {
    }

    public SftpException(string message)
        : base(message)
    {
    }

    public SftpException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public SftpException(SftpError error, string message, Exception? innerException = null)
        : base(message, innerException) => Error = error;

    /// <summary>What the caller may do next.</summary>
    public SftpError Error { get; }

    /// <summary>Whether the same call may succeed later without anybody's doing.</summary>
    public bool IsTemporary => Error is SftpError.ConnectionLost or SftpError.TimedOut or SftpError.Unreachable;
}
