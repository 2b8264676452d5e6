using System.Runtime.InteropServices;

namespace ClosedLoop.Mail.Smtp;

/// <summary>One complete reply within the reader's buffer; valid until the reader is asked for the next.</summary>
/// <param name="Code">Reply code, 200 to 599.</param>
/// <param name="Start">Offset of the first line.</param>
/// <param name="Length">Octets of all lines with their ends.</param>
/// <param name="Lines">Number of lines.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SmtpReply(int Code, int Start, int Length, int Lines)
{
    public bool IsPositive => Code is >= 200 and < 300;
}
