namespace ClosedLoop.Sftp;

/// <summary>What went wrong, by what the caller may do about it.</summary>
public enum SftpError
{
    /// <summary>The server refused without saying why (SSH_FX_FAILURE): often a name that is taken, or a full disk. Look, then decide.</summary>
    Failure,

    /// <summary>There is no such file or folder (SSH_FX_NO_SUCH_FILE).</summary>
    NotFound,

    /// <summary>The account may not do that (SSH_FX_PERMISSION_DENIED). Trying again is useless.</summary>
    PermissionDenied,

    /// <summary>The server does not know the operation (SSH_FX_OP_UNSUPPORTED).</summary>
    Unsupported,

    /// <summary>The connection is gone, and with it whatever was under way: it may or may not have happened. Connect again.</summary>
    ConnectionLost,

    /// <summary>No answer in time. The session is finished; what was asked may or may not have happened.</summary>
    TimedOut,

    /// <summary>Host name, port or network: nothing was reached. Try again later.</summary>
    Unreachable,

    /// <summary>The server knows none of the keys that were offered. Trying again is useless.</summary>
    AuthenticationFailed,

    /// <summary>The server's key is in no known_hosts file. A person must compare and add it.</summary>
    HostKeyUnknown,

    /// <summary>The server showed another key than the one on record: a new server, or somebody in between. Nothing was sent. A person must decide.</summary>
    HostKeyChanged,

    /// <summary>The server answered something that is not SFTP version 3. The session is finished.</summary>
    Protocol,

    /// <summary>A limit of the options was crossed.</summary>
    LimitExceeded,

    /// <summary>An option or a path cannot be used.</summary>
    InvalidArgument,
}
