namespace ClosedLoop.Sftp.Protocol;

/// <summary>Status codes of draft-ietf-secsh-filexfer-02 section 7.</summary>
internal enum StatusCode : uint
{
    Ok = 0,
    EndOfFile = 1,
    NoSuchFile = 2,
    PermissionDenied = 3,
    Failure = 4,
    BadMessage = 5,
    NoConnection = 6,
    ConnectionLost = 7,
    Unsupported = 8,
}
