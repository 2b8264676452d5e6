using System.Globalization;

namespace ClosedLoop.Intake.Zones;

/// <summary>The name that says a recipient file is complete (closed-loop spec section 3.1).</summary>
public static class FinalName
{
    public const string Suffix = "_subscribers.csv";

    private const string DateTimeForm = "yyyyMMddHHmmss";

    /// <summary><c>^[0-9]{14}_subscribers\.csv$</c>, case-sensitive, the digits a real date-time.</summary>
    public static bool IsFinal(string name) => TryParse(name, out _);

    /// <summary>Ends like a final name but is none, and is no temporary name either: most likely a typing error (E101).</summary>
    public static bool IsNearMiss(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.EndsWith(Suffix, StringComparison.Ordinal) && !name.StartsWith('.') && !IsFinal(name);
    }

    /// <summary>The names recommended for a running upload: <c>x.tmp</c>, <c>x.part</c>, <c>.x</c>.</summary>
    public static bool IsTemporary(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith('.') || name.EndsWith(".tmp", StringComparison.Ordinal) || name.EndsWith(".part", StringComparison.Ordinal);
    }

    /// <summary>The date-time of a final name, in the sender's own zone.</summary>
    public static bool TryParse(string name, out DateTime stamp)
    {
        ArgumentNullException.ThrowIfNull(name);
        stamp = default;

        // ParseExact takes ASCII digits only and knows the calendar; the length check keeps everything else out.
        return name.Length == DateTimeForm.Length + Suffix.Length
            && name.EndsWith(Suffix, StringComparison.Ordinal)
            && DateTime.TryParseExact(
                name.AsSpan(0, DateTimeForm.Length), DateTimeForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out stamp);
    }

    /// <summary>The name without <c>.csv</c>, from which log and error file are named.</summary>
    public static string BaseName(string name) => Path.GetFileNameWithoutExtension(name);
}
