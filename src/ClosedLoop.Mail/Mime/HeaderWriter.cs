using System.Buffers;
using System.Text;

namespace ClosedLoop.Mail.Mime;

/// <summary>
/// Writes header fields of RFC 5322 section 2.2, folded. Everything a caller hands in passes one of two gates: free text has its control
/// characters replaced by spaces, structured values with such characters are refused. So no value can end its line.
/// </summary>
internal ref partial struct HeaderWriter
{
    /// <summary>RFC 5322 section 2.1.1: characters a line should keep to, without CRLF.</summary>
    private const int SoftLimit = 78;

    /// <summary>A word beyond this cannot be folded and would near the hard limit of 998.</summary>
    private const int LongestWord = 900;

    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 32).Append(127).Select(c => (char)c)]);

    private static readonly SearchValues<char> NotAtomText =
        SearchValues.Create([.. Enumerable.Range(0, 128).Select(c => (char)c).Where(c => !char.IsAsciiLetterOrDigit(c) && !"!#$%&'*+-/=?^_`{|}~ ".Contains(c))]);

    private readonly IBufferWriter<byte> _output;
    private readonly int _maxLength;
    private Span<byte> _span;
    private int _used;
    private int _column;
    private int _total;

    public HeaderWriter(IBufferWriter<byte> output, int maxLength)
    {
        _output = output;
        _maxLength = maxLength;
        _span = output.GetSpan(1024);
    }

    /// <summary>Hands what was written to the output; returns the octets of this writer's life.</summary>
    public int Flush()
    {
        _output.Advance(_used);
        _total += _used;
        _used = 0;
        _span = default;
        return _total;
    }

    public void Raw(scoped ReadOnlySpan<byte> bytes)
    {
        Ensure(bytes.Length);
        bytes.CopyTo(_span[_used..]);
        _used += bytes.Length;
        _column += bytes.Length;
    }

    /// <summary>Whole fields encoded before, line ends included.</summary>
    public void Lines(scoped ReadOnlySpan<byte> bytes)
    {
        Raw(bytes);
        _column = 0;
    }

    public void EndLine()
    {
        Raw("\r\n"u8);
        _column = 0;
    }

    public void Date(DateTimeOffset date)
    {
        Raw("Date: "u8);
        Ensure(40);
        _used += MailDate.Write(_span[_used..], date);
        EndLine();
    }

    /// <summary>A field for people, such as Subject: control characters become spaces, other scripts are encoded.</summary>
    public void FreeText(scoped ReadOnlySpan<byte> nameAndColon, scoped ReadOnlySpan<char> value)
    {
        CheckLength(value, nameAndColon);
        Raw(nameAndColon);
        Span<char> scratch = value.Length <= 512 ? stackalloc char[value.Length] : new char[value.Length];
        var text = Clean(value, scratch);
        if (NeedsEncoding(text))
            EncodedWords(text);
        else
            Fold(text);
        EndLine();
    }

    /// <summary>A field given by name and value; refused when it could break the header block.</summary>
    /// <exception cref="MailFormatException">With code <see cref="MailErrors.Header"/> or <see cref="MailErrors.HeaderLength"/>.</exception>
    public void Field(in MessageHeader header)
    {
        HeaderNames.Check(header.Name);
        var value = header.Value.AsSpan().Trim(' ');
        Span<byte> name = stackalloc byte[header.Name.Length + 2];
        Ascii.FromUtf16(header.Name, name, out var length);
        ": "u8.CopyTo(name[length..]);
        CheckLength(value, name);

        // RFC 5322 section 2.2: a field body holds no CR or LF but those of folding, which is ours to do.
        var bad = value.IndexOfAny(Controls);
        if (bad >= 0)
            throw new MailFormatException(MailErrors.Header, $"header {header.Name} holds the control character U+{(int)value[bad]:X4} at position {bad + 1}; expected one line of text, perhaps a field of the recipient list was merged into it");
        Raw(name);
        if (Ascii.IsValid(value))
        {
            if (LongestUnbroken(value) > LongestWord)
                throw new MailFormatException(MailErrors.HeaderLength, $"header {header.Name} holds a word of more than {LongestWord} characters, which cannot be folded");
            Fold(value);
        }
        else if (HeaderNames.IsStructured(header.Name))
        {
            throw new MailFormatException(MailErrors.Header, $"header {header.Name} holds a character outside ASCII at position {value.IndexOfAnyExceptInRange(' ', '~') + 1}; expected percent-encoding or A-labels (RFC 2369)");
        }
        else
        {
            EncodedWords(value);
        }

        EndLine();
    }

    public void MessageId(string id)
    {
        var inner = id.AsSpan();
        if (inner.Length > 2 && inner[0] == '<' && inner[^1] == '>')
            inner = inner[1..^1];

        // RFC 5322 section 3.6.4 without the quoted and commented forms; 250 keeps the line within any relay's limit.
        var at = inner.IndexOf('@');
        if (at <= 0 || at == inner.Length - 1 || inner.Length > 250 || inner.IndexOfAnyExceptInRange('!', '~') >= 0 || inner.ContainsAny('<', '>', '"') || inner[(at + 1)..].Contains('@'))
            throw new MailFormatException(MailErrors.MessageId, $"the Message-ID of {id.Length} characters is refused; expected left@right in at most 250 printable ASCII characters");
        Raw("Message-ID: <"u8);
        AsciiText(inner);
        Raw(">"u8);
        EndLine();
    }

    private static int LongestUnbroken(scoped ReadOnlySpan<char> value)
    {
        var longest = 0;
        foreach (var word in value.Split(' '))
            longest = Math.Max(longest, word.End.Value - word.Start.Value);
        return longest;
    }

    private static bool NeedsEncoding(scoped ReadOnlySpan<char> text) =>
        !Ascii.IsValid(text)
        || text.Contains("=?", StringComparison.Ordinal) // would be read as an encoded word (RFC 2047 section 7)
        || (text.Length > LongestWord && LongestUnbroken(text) > LongestWord);

    private static ReadOnlySpan<char> Clean(ReadOnlySpan<char> value, Span<char> scratch)
    {
        if (!value.ContainsAny(Controls))
            return value.Trim(' ');
        value.CopyTo(scratch);
        scratch.ReplaceAny(Controls, ' ');
        return ((ReadOnlySpan<char>)scratch).Trim(' ');
    }

    private readonly void CheckLength(scoped ReadOnlySpan<char> value, scoped ReadOnlySpan<byte> nameAndColon)
    {
        if (value.Length > _maxLength)
            throw new MailFormatException(MailErrors.HeaderLength, $"header {Encoding.ASCII.GetString(nameAndColon).TrimEnd(' ', ':')} has {value.Length} characters; at most {_maxLength} are allowed");
    }

    /// <summary>Breaks before white space only, so that unfolding gives the value back (RFC 5322 section 2.2.3).</summary>
    private void Fold(scoped ReadOnlySpan<char> value)
    {
        if (_column + value.Length <= SoftLimit)
        {
            AsciiText(value);
            return;
        }

        var first = true;
        while (!value.IsEmpty)
        {
            var start = value.IndexOfAnyExcept(' ');
            var length = value[start..].IndexOf(' ');
            length = length < 0 ? value.Length : start + length;
            if (!first && _column + length > SoftLimit)
                EndLine();
            AsciiText(value[..length]);
            value = value[length..];
            first = false;
        }
    }

    private void AsciiText(scoped ReadOnlySpan<char> text)
    {
        Ensure(text.Length);
        Ascii.FromUtf16(text, _span[_used..], out var written);
        _used += written;
        _column += written;
    }

    private void Ensure(int size)
    {
        if (_span.Length - _used >= size)
            return;
        _output.Advance(_used);
        _total += _used;
        _used = 0;
        _span = _output.GetSpan(Math.Max(size, 1024));
    }
}
