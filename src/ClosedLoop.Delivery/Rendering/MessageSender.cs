using System.Runtime.InteropServices;
using ClosedLoop.Mail.Mime;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>Who one message comes from.</summary>
/// <param name="From">Address and name.</param>
/// <param name="ReplyTo">Where answers go; <c>null</c> for the sender.</param>
/// <param name="Domain">Domain of the address in A-labels: whose DKIM key signs.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MessageSender(Mailbox From, Mailbox? ReplyTo, string Domain);
