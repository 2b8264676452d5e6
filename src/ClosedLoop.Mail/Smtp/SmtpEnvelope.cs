using System.Runtime.InteropServices;

namespace ClosedLoop.Mail.Smtp;

/// <summary>One message to hand over.</summary>
/// <param name="From">Return path; empty writes <c>MAIL FROM:&lt;&gt;</c>.</param>
/// <param name="Recipient">One address; personalised mail has one recipient.</param>
/// <param name="Message">The message without dot-stuffing. Must not change until its result has been reported.</param>
/// <param name="Dsn">Wishes about delivery reports; null has none.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SmtpEnvelope(string From, string Recipient, ReadOnlyMemory<byte> Message, SmtpDsn? Dsn = null);
