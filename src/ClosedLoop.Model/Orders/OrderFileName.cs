using System.Buffers;

namespace ClosedLoop.Model.Orders;

/// <summary>Names of the files of an order (xml-delivery spec section 2).</summary>
public static class OrderFileName
{
    public const int MaxLength = 120;

    private const string XmlEnding = ".xml";
    private const string SemaphoreEnding = ".ok";
    private const string ReportEnding = ".report";

    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>
    /// Whether a file may have this name: 1 to 120 of letters, digits, dot, underscore and hyphen, a letter or digit first. With <c>..</c> inside it is
    /// refused as well, so that no name can mean another folder.
    /// </summary>
    public static bool IsAllowed(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= MaxLength && char.IsAsciiLetterOrDigit(name[0]) && !name.AsSpan().ContainsAnyExcept(Allowed) && !name.Contains("..", StringComparison.Ordinal);
    }

    /// <summary>Whether it is a NAME an order may have: an allowed name that would not be taken for a report.</summary>
    public static bool IsOrderName(string name) => IsAllowed(name) && !name.EndsWith(ReportEnding, StringComparison.OrdinalIgnoreCase);

    /// <summary>NAME of a semaphore <c>NAME.xml.ok</c>, or of its alias <c>NAME.ok</c>.</summary>
    /// <returns>Null when the file is no semaphore or its name is not allowed.</returns>
    public static string? OrderOf(string fileName, out bool isAlias)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        isAlias = false;
        if (!fileName.EndsWith(SemaphoreEnding, StringComparison.OrdinalIgnoreCase)) return null;
        var name = fileName[..^SemaphoreEnding.Length];
        isAlias = !name.EndsWith(XmlEnding, StringComparison.OrdinalIgnoreCase);
        if (!isAlias) name = name[..^XmlEnding.Length];
        return IsOrderName(name) && IsAllowed(fileName) ? name : null;
    }

    /// <summary>NAME of <c>NAME.xml</c>, or null.</summary>
    public static string? OrderOfXml(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        if (!fileName.EndsWith(XmlEnding, StringComparison.OrdinalIgnoreCase)) return null;
        var name = fileName[..^XmlEnding.Length];
        return IsOrderName(name) && IsAllowed(fileName) ? name : null;
    }

    public static string XmlOf(string name) => name + XmlEnding;

    public static string ReportOf(string name) => name + ReportEnding + XmlEnding;

    /// <summary>Its presence says that the report is final.</summary>
    public static string MarkerOf(string name) => ReportOf(name) + ".done";
}
