using System.Globalization;

namespace ClosedLoop.Mail.Mime;

/// <summary>The date-time of RFC 5322 section 3.3.</summary>
internal static class MailDate
{
    /// <summary>Writes 31 octets, such as <c>Sun, 22 Nov 2026 03:09:43 +0000</c>.</summary>
    public static int Write(Span<byte> target, DateTimeOffset date)
    {
        date.TryFormat(target, out var written, "ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture);
        var minutes = (int)date.Offset.TotalMinutes;
        target[written++] = minutes < 0 ? (byte)'-' : (byte)'+';
        minutes = Math.Abs(minutes);
        Digits(target[written..], minutes / 60);
        Digits(target[(written + 2)..], minutes % 60);
        return written + 4;
    }

    private static void Digits(Span<byte> target, int value)
    {
        target[0] = (byte)('0' + (value / 10));
        target[1] = (byte)('0' + (value % 10));
    }
}
