using System.Runtime.InteropServices;

namespace ClosedLoop.Sftp;

/// <summary>Attributes of a file (draft-ietf-secsh-filexfer-02 section 5); null where the server said nothing.</summary>
/// <param name="Size">Octets.</param>
/// <param name="Mode">POSIX type and permission bits.</param>
/// <param name="ModifiedAt">To the second.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SftpAttributes(long? Size, uint? Mode, DateTimeOffset? ModifiedAt)
{
    private const uint TypeMask = 0xF000;

    /// <summary>A plain file: no folder, link, device, pipe or socket.</summary>
    public bool IsFile => (Mode & TypeMask) == 0x8000;

    public bool IsFolder => (Mode & TypeMask) == 0x4000;

    public bool IsLink => (Mode & TypeMask) == 0xA000;
}
