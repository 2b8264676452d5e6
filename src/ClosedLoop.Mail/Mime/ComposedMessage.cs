using System.Runtime.InteropServices;

namespace ClosedLoop.Mail.Mime;

/// <summary>What <see cref="MessageComposer.Compose"/> wrote.</summary>
/// <param name="Length">Octets written, before dot-stuffing.</param>
/// <param name="Text">Encoding of the text part; null when there is none.</param>
/// <param name="Html">Encoding of the HTML part; null when there is none.</param>
/// <param name="Replaced">Characters that the charset lacks and a question mark stands for.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ComposedMessage(int Length, TransferEncoding? Text, TransferEncoding? Html, int Replaced = 0);
