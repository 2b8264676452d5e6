using System.Buffers;

namespace ClosedLoop.Intake.Subscribers;

/// <summary>Finding the fields of one record. Each search is one vectorised look for the bytes that can end or spoil a field.</summary>
public sealed partial class SubscribersReader
{
    private const byte Quote = (byte)'"';
    private const byte Lf = (byte)'\n';
    private const byte Cr = (byte)'\r';

    // Everything below blank but tab, LF and CR, and DEL: neither QTEXT nor BTEXT (closed-loop spec section 4).
    private static readonly byte[] Controls =
        [.. Enumerable.Range(0, 0x20).Append(0x7F).Where(b => b is not ('\t' or '\n' or '\r')).Select(b => (byte)b)];

    private static readonly SearchValues<byte> QuotedStops = SearchValues.Create([Quote, .. Controls]);

    private readonly byte _separator;
    private readonly SearchValues<byte> _bareStops;
    private int _length;
    private int _controlAt;
    private int _faultAt;
    private bool _crLf;
    private bool _severalLines;

    private ScanResult ScanRecord(ReadOnlySpan<byte> data, out int length)
    {
        length = 0;
        FieldCount = 0;
        _controlAt = -1;
        _crLf = false;
        if (data[0] == Lf)
        {
            length = 1;
            return ScanResult.Blank;
        }

        if (data[0] == Cr && data.Length > 1 && data[1] == Lf)
        {
            length = 2;
            return ScanResult.Blank;
        }

        var at = 0;
        while (true)
        {
            var result = at < data.Length && data[at] == Quote ? ScanQuoted(data, ref at) : ScanBare(data, ref at);
            if (result != ScanResult.Complete) return result;
            if (at == data.Length)
            {
                if (!_endOfStream) return ScanResult.NeedMore;
                length = at;
                return ScanResult.Complete;
            }

            if (data[at] == _separator)
            {
                at++;
                continue;
            }

            switch (data[at])
            {
                case Lf:
                    length = at + 1;
                    return ScanResult.Complete;
                default:
                    if (at + 1 == data.Length && !_endOfStream) return ScanResult.NeedMore;
                    if (at + 1 < data.Length && data[at + 1] == Lf)
                    {
                        _crLf = true;
                        length = at + 2;
                        return ScanResult.Complete;
                    }

                    _faultAt = at;
                    return ScanResult.LoneCr;
            }
        }
    }

    /// <summary>Leaves <paramref name="at"/> on the byte that ends the field: separator, LF, CR or the end of the data.</summary>
    private ScanResult ScanBare(ReadOnlySpan<byte> data, ref int at)
    {
        var start = at;
        while (true)
        {
            var step = data[at..].IndexOfAny(_bareStops);
            if (step < 0)
            {
                at = data.Length;
                break;
            }

            at += step;
            var b = data[at];
            if (b == _separator || b is Lf or Cr) break;
            if (b == Quote)
            {
                _faultAt = at;
                return ScanResult.QuoteInBareField;
            }

            if (_controlAt < 0) _controlAt = at;
            at++;
        }

        AddSlot(start, start, at - start, quoted: false, pairs: false);
        return ScanResult.Complete;
    }

    private ScanResult ScanQuoted(ReadOnlySpan<byte> data, ref int at)
    {
        var open = at++;
        var pairs = false;
        while (true)
        {
            var step = data[at..].IndexOfAny(QuotedStops);
            if (step < 0)
            {
                _faultAt = open;
                return _endOfStream ? ScanResult.OpenQuote : ScanResult.NeedMore;
            }

            at += step;
            if (data[at] != Quote)
            {
                if (_controlAt < 0) _controlAt = at;
                at++;
                continue;
            }

            if (at + 1 < data.Length && data[at + 1] == Quote)
            {
                pairs = true;
                at += 2;
                continue;
            }

            break;
        }

        if (at + 1 == data.Length && !_endOfStream) return ScanResult.NeedMore;
        AddSlot(open, open + 1, at - open - 1, quoted: true, pairs);
        at++;
        if (at == data.Length || data[at] == _separator || data[at] is Lf or Cr) return ScanResult.Complete;
        _faultAt = at;
        return ScanResult.TextAfterQuote;
    }

    private void AddSlot(int rawStart, int start, int length, bool quoted, bool pairs)
    {
        var column = FieldCount++;
        if (column >= _slots.Length) return;
        _slots[column] = new FieldSlot { RawStart = rawStart, Start = start, Length = length, Quoted = quoted, Pairs = pairs };
    }
}
