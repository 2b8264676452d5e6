using System.Runtime.InteropServices;

namespace ClosedLoop.Mail.Inbound;

/// <summary>A mail in a POP3 box.</summary>
/// <param name="Number">Valid in this session only.</param>
/// <param name="Uid">Stays the same over sessions (RFC 1939 section 7, UIDL).</param>
/// <param name="Size">Octets, as the server counts them.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Pop3Item(int Number, string Uid, long Size);
