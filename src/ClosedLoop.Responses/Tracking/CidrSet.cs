using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ClosedLoop.Responses.Tracking;

/// <summary>
/// Which addresses lie in any of many ranges. Ranges are merged and sorted, so a look-up is one binary search
/// also over the hundreds of thousands of ranges in Apple's list.
/// </summary>
public sealed class CidrSet
{
    private readonly UInt128[] _firsts;
    private readonly UInt128[] _lasts;

    private CidrSet(List<(UInt128 First, UInt128 Last)> ranges)
    {
        ranges.Sort();
        var merged = new List<(UInt128 First, UInt128 Last)>(ranges.Count);
        foreach (var range in ranges)
        {
            if (merged.Count > 0 && (range.First <= merged[^1].Last || range.First == merged[^1].Last + 1))
                merged[^1] = (merged[^1].First, UInt128.Max(merged[^1].Last, range.Last));
            else
                merged.Add(range);
        }
        _firsts = [.. merged.Select(range => range.First)];
        _lasts = [.. merged.Select(range => range.Last)];
    }

    /// <summary>The set that holds nothing.</summary>
    public static CidrSet Empty { get; } = new([]);

    /// <summary>Separate ranges after merging.</summary>
    public int Count => _firsts.Length;

    /// <summary>Reads ranges such as <c>192.0.2.0/24</c>, <c>2001:db8::/32</c> or a single address, one a line; empty lines, <c>#</c> comments and text after a comma are ignored.</summary>
    /// <exception cref="FormatException">A line is not a range; the message names the line.</exception>
    public static CidrSet Parse(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var ranges = new List<(UInt128 First, UInt128 Last)>();
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            var range = text.AsSpan();
            if (range.IndexOfAny(',', '#') is var end and >= 0)
                range = range[..end];
            range = range.Trim();
            if (range.IsEmpty)
                continue;
            if (!TryParseRange(range, out var first, out var last))
                throw new FormatException($"Line {line.ToString(CultureInfo.InvariantCulture)} is '{range}'; expected an address range such as 192.0.2.0/24 or 2001:db8::/32.");
            ranges.Add((first, last));
        }
        return new CidrSet(ranges);
    }

    /// <summary>True when one of the ranges holds the address. An IPv4 address mapped into IPv6 counts as IPv4.</summary>
    public bool Contains(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var value = ToNumber(address);
        var index = Array.BinarySearch(_firsts, value);
        if (index < 0)
            index = ~index - 1;
        return index >= 0 && value <= _lasts[index];
    }

    private static bool TryParseRange(ReadOnlySpan<char> text, out UInt128 first, out UInt128 last)
    {
        (first, last) = (0, 0);
        var slash = text.IndexOf('/');
        if (!IPAddress.TryParse(slash < 0 ? text : text[..slash], out var address))
            return false;
        var bits = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        var prefix = bits;
        if (slash >= 0 && (!int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix > bits))
            return false;
        var hostBits = bits - prefix;
        var hostMask = hostBits == 128 ? UInt128.MaxValue : (UInt128.One << hostBits) - 1;
        first = ToNumber(address) & ~hostMask;
        last = first | hostMask;
        return true;
    }

    // IPv4 lives in its mapped place ::ffff:0:0/96 (RFC 4291 section 2.5.5.2), so one search serves both.
    private static UInt128 ToNumber(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            bytes[10] = bytes[11] = 0xFF;
            _ = address.TryWriteBytes(bytes[12..], out _);
        }
        else
        {
            _ = address.TryWriteBytes(bytes, out _);
        }
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
