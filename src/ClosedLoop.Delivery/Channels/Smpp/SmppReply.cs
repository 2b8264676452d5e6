using System.Runtime.InteropServices;

namespace ClosedLoop.Delivery.Channels.Smpp;

/// <summary>What came of one request.</summary>
/// <param name="Answer">The answer; null when there is none.</param>
/// <param name="Written">Whether a first octet of the request may have left.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SmppReply(SmppPdu? Answer, bool Written);
