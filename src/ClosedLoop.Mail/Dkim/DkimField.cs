using System.Runtime.InteropServices;

namespace ClosedLoop.Mail.Dkim;

/// <summary>Where one header field lies in a message.</summary>
/// <param name="Start">Offset of the name.</param>
/// <param name="NameLength">Octets up to the colon, white space before it left out.</param>
/// <param name="End">Offset behind the field's last CRLF.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DkimField(int Start, int NameLength, int End);
