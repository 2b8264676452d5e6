namespace ClosedLoop.Intake.Orders.Xml;

/// <summary>
/// Stands between the decoder and the XML parser and looks at nothing but how long tags and CDATA sections are and how many processing instructions there are. The parser keeps a tag whole and
/// remembers every name; its own limits count the document only, so that one attribute of 20 MiB would cost several times as much.
/// </summary>
internal sealed class TagGuard(TextReader inner, OrderLimits limits) : TextReader
{
    /// <summary>Characters of <c>[CDATA[</c> and <c>]]&gt;</c>.</summary>
    private const int Brackets = 10;

    private Place _place = Place.Text;
    private char _quote;
    private int _length;
    private int _instructions;
    private int _matched;
    private int _data;

    private enum Place
    {
        Text,
        Open,
        Bang,
        Tag,
        Comment,
        Data,
        Instruction,
    }

    public override int Read(char[] buffer, int index, int count)
    {
        var read = inner.Read(buffer, index, count);
        Look(buffer.AsSpan(index, read));
        return read;
    }

    public override int Read()
    {
        var c = inner.Read();
        if (c >= 0) Look([(char)c]);
        return c;
    }

    public override int Peek() => inner.Peek();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private void Look(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            switch (_place)
            {
                case Place.Text:
                    var open = text.IndexOf('<');
                    if (open < 0) return;
                    text = text[(open + 1)..];
                    (_place, _length, _matched, _quote, _data) = (Place.Open, 0, 0, '\0', 0);
                    continue;
                case Place.Open:
                    _place = text[0] switch { '!' => Place.Bang, '?' => Place.Instruction, _ => Place.Tag };
                    if (_place == Place.Instruction && ++_instructions > limits.MaxInstructions) throw new LimitException($"the file has more than {limits.MaxInstructions} processing instructions");
                    if (_place != Place.Tag) text = text[1..];
                    continue;
                case Place.Bang:
                    // <!-- and <![ begin what has no end before --> and ]]>; all else with <! is a DTD, which the parser refuses.
                    _place = text[0] switch { '-' => Place.Comment, '[' => Place.Data, _ => Place.Tag };
                    continue;
                case Place.Comment:
                    text = Until(text, '-', skipFirst: 2);
                    continue;
                case Place.Data:
                    // Other text comes from the parser in pieces; a CDATA section it builds whole.
                    var rest = Until(text, ']', skipFirst: 0);
                    _data += text.Length - rest.Length;
                    if (_data > limits.MaxContentChars + Brackets) throw new LimitException($"a CDATA section has more than {limits.MaxContentChars} characters");
                    text = rest;
                    continue;
                case Place.Instruction:
                    text = UntilQuestionMark(text);
                    continue;
                default:
                    text = InTag(text);
                    continue;
            }
        }
    }

    private ReadOnlySpan<char> InTag(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (++_length > limits.MaxTagChars) throw new LimitException($"a tag with its attributes has more than {limits.MaxTagChars} characters");
            var c = text[i];
            if (_quote != '\0')
            {
                if (c == _quote) _quote = '\0';
            }
            else if (c is '"' or '\'')
            {
                _quote = c;
            }
            else if (c == '>')
            {
                _place = Place.Text;
                return text[(i + 1)..];
            }
        }

        return [];
    }

    /// <summary>Goes behind the two equal characters and the <c>&gt;</c> that end a comment or a CDATA section.</summary>
    private ReadOnlySpan<char> Until(ReadOnlySpan<char> text, char end, int skipFirst)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (_length < skipFirst)
            {
                _length++;
                continue;
            }

            var c = text[i];
            if (c == '>' && _matched >= 2)
            {
                _place = Place.Text;
                return text[(i + 1)..];
            }

            _matched = c == end ? _matched + 1 : 0;
            if (_matched > 0) continue;
            var next = text[i..].IndexOf(end);
            if (next < 0) return [];
            i += next - 1;
        }

        return [];
    }

    private ReadOnlySpan<char> UntilQuestionMark(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (++_length > limits.MaxTagChars) throw new LimitException($"a processing instruction has more than {limits.MaxTagChars} characters");
            if (text[i] == '>' && _matched > 0)
            {
                _place = Place.Text;
                return text[(i + 1)..];
            }

            _matched = text[i] == '?' ? 1 : 0;
        }

        return [];
    }
}
