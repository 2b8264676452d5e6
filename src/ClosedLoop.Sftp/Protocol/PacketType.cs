namespace ClosedLoop.Sftp.Protocol;

/// <summary>Packet types of draft-ietf-secsh-filexfer-02 section 3.</summary>
internal enum PacketType : byte
{
    Init = 1,
    Version = 2,
    Open = 3,
    Close = 4,
    Read = 5,
    Write = 6,
    LStat = 7,
    OpenDir = 11,
    ReadDir = 12,
    Remove = 13,
    MakeDir = 14,
    RemoveDir = 15,
    RealPath = 16,
    Rename = 18,
    Status = 101,
    Handle = 102,
    Data = 103,
    Name = 104,
    Attributes = 105,
    Extended = 200,
}
