using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace ClosedLoop.Sftp.Protocol;

/// <summary>Names a server sends are the server's word for it: one that would lead out of its folder is never used as a path.</summary>
internal static class ServerName
{
    /// <summary>The name, or null when it must not be used.</summary>
    public static string? Read(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || !Utf8.IsValid(name)) return null;
        foreach (var octet in name)
        {
            if (octet is (byte)'/' or < 0x20 or 0x7F) return null;
        }

        return Encoding.UTF8.GetString(name);
    }

    /// <summary>A form for people: printable ASCII, the rest as <c>\xHH</c>, at most 100 octets of it.</summary>
    public static string Escape(ReadOnlySpan<byte> name)
    {
        var text = new StringBuilder();
        foreach (var octet in name[..Math.Min(name.Length, 100)])
        {
            if (octet is >= 0x20 and < 0x7F and not (byte)'\\') text.Append((char)octet);
            else text.Append(CultureInfo.InvariantCulture, $"\\x{octet:X2}");
        }

        return name.Length > 100 ? text.Append('…').ToString() : text.ToString();
    }
}
