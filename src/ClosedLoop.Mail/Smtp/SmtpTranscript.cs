using System.Text;
using System.Text.RegularExpressions;

namespace ClosedLoop.Mail.Smtp;

/// <summary>
/// A conversation with a relay, written down for somebody who looks for a fault. Passwords and tokens never stand in it, of messages only their
/// length, of recipients' addresses only the first character and the domain. Written by the connection, read by anybody at any time.
/// </summary>
/// <param name="time">Clock of the lines.</param>
/// <param name="maxLines">What comes after as many lines is not written down.</param>
public sealed partial class SmtpTranscript(TimeProvider time, int maxLines = 500)
{
    /// <summary>Characters of a line; the rest is cut off.</summary>
    public const int LongestLine = 512;

    private readonly Lock _gate = new();
    private readonly List<SmtpTranscriptLine> _lines = [];
    private readonly long _start = time.GetTimestamp();
    private bool _isClosed;

    /// <summary>Whether nothing more comes: the connection is closed, or as many lines are there as may be.</summary>
    public bool IsOver
    {
        get
        {
            lock (_gate) return _isClosed || _lines.Count >= maxLines;
        }
    }

    /// <summary>The lines so far.</summary>
    public IReadOnlyList<SmtpTranscriptLine> Lines()
    {
        lock (_gate) return [.. _lines];
    }

    internal void Note(string text) => Add('-', Masked(text));

    /// <summary>Commands as they were written, one or several.</summary>
    internal void Sent(ReadOnlySpan<byte> commands)
    {
        // The return path is our own address and names the message; everybody else's is masked.
        foreach (var line in LinesOf(commands)) Add('C', line.StartsWith("MAIL ", StringComparison.Ordinal) ? line : Masked(line));
    }

    internal void Received(ReadOnlySpan<byte> reply)
    {
        foreach (var line in LinesOf(reply)) Add('S', Masked(line));
    }

    internal void Close()
    {
        lock (_gate) _isClosed = true;
    }

    private void Add(char from, string text)
    {
        lock (_gate)
        {
            // Opportunistic TLS that failed is followed by a second connection: closed is what stays so.
            _isClosed = false;
            if (_lines.Count < maxLines) _lines.Add(new SmtpTranscriptLine(time.GetElapsedTime(_start), from, text.Length > LongestLine ? text[..LongestLine] : text));
        }
    }

    private static string[] LinesOf(ReadOnlySpan<byte> octets) => Encoding.UTF8.GetString(octets).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    private static string Masked(string text) => Address().Replace(text, "${first}…");

    [GeneratedRegex("""(?<first>[^\s<>@:;,"()\[\]])[^\s<>@:;,"()\[\]]*(?=@[^\s@]*\w)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
