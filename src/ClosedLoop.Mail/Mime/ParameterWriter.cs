using System.Buffers;
using System.Globalization;
using System.Text;

namespace ClosedLoop.Mail.Mime;

/// <summary>Parameters of a MIME field (RFC 2045 section 5.1), in the extended form of RFC 2231 when the value needs it.</summary>
internal static class ParameterWriter
{
    /// <summary>Characters of one section of a value: with name and indent the line stays below 78.</summary>
    private const int SectionLength = 54;

    private static readonly SearchValues<byte> AttributeText =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&+-.^_`{|}~"u8);

    /// <summary>Writes <c>;</c>, a line break and the parameter; no line end behind it. The value holds no control characters.</summary>
    public static void Write(IBufferWriter<byte> output, string name, string value)
    {
        if (Ascii.IsValid(value) && value.Length <= SectionLength)
        {
            var quoted = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
            output.Write(Encoding.ASCII.GetBytes($";\r\n {name}=\"{quoted}\""));
            return;
        }

        // RFC 2231 sections 3 and 4: every section extended, the first naming the charset.
        var sections = Sections(value);
        for (var i = 0; i < sections.Count; i++)
        {
            var number = sections.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"*{i}");
            output.Write(Encoding.ASCII.GetBytes($";\r\n {name}{number}*={(i == 0 ? "utf-8''" : "")}{sections[i]}"));
        }
    }

    /// <summary>Percent-encoded pieces; no character is cut in two, which some readers do not mend.</summary>
    private static List<string> Sections(string value)
    {
        var sections = new List<string>();
        var section = new StringBuilder();
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in value.EnumerateRunes())
        {
            var bytes = utf8[..rune.EncodeToUtf8(utf8)];
            var plain = bytes.Length == 1 && AttributeText.Contains(bytes[0]);
            if (section.Length + (plain ? 1 : bytes.Length * 3) > SectionLength - (sections.Count == 0 ? 7 : 0))
            {
                sections.Add(section.ToString());
                section.Clear();
            }

            if (plain)
            {
                section.Append((char)bytes[0]);
                continue;
            }

            foreach (var b in bytes)
                section.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        sections.Add(section.ToString());
        return sections;
    }
}
