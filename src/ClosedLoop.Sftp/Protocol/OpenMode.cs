namespace ClosedLoop.Sftp.Protocol;

/// <summary>Flags of SSH_FXP_OPEN (draft-ietf-secsh-filexfer-02 section 6.3).</summary>
[Flags]
internal enum OpenMode : uint
{
    Read = 0x01,
    Write = 0x02,
    Create = 0x08,
    Truncate = 0x10,
    Exclusive = 0x20,
}
