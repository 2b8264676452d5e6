using System.Globalization;

namespace ClosedLoop.Intake.Orders;

/// <summary>What an SMS may be (xml-delivery spec section 9.4).</summary>
internal static class SmsText
{
    /// <summary>Characters of a text without the option of long ones.</summary>
    public const int SingleLength = 160;

    private const int LongestAlias = 11;

    /// <summary>Characters that are there for every recipient: those outside of placeholders for fields.</summary>
    public static int FixedLength(string body)
    {
        var length = new StringInfo(body).LengthInTextElements;
        foreach (var field in Placeholder.Find(body).Where(found => found.Kind == PlaceholderKind.Field)) length -= field.Inner.Length + 4;
        return Math.Max(0, length);
    }

    public static bool IsNumber(string sender)
    {
        var digits = sender.StartsWith('+') ? sender.AsSpan(1) : sender;
        return digits.Length is >= 3 and <= 15 && !digits.ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>A number, or a name of as many letters and digits as GSM 03.38 addresses take.</summary>
    public static bool IsSender(string sender) =>
        IsNumber(sender) || (sender.Length is > 0 and <= LongestAlias && sender.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '.' or '-' or '_' or '&'));
}
