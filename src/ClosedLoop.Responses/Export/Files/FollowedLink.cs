using System.Runtime.InteropServices;

namespace ClosedLoop.Responses.Export.Files;

/// <summary>A link or pixel that an exported click or open names.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FollowedLink(LinkMailing Mailing, int Sequence, int Ordinal);
