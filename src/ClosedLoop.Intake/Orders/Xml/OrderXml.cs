using System.Text;
using System.Xml;

namespace ClosedLoop.Intake.Orders.Xml;

/// <summary>Opens the XML of an order so that it can reach nothing but its own bytes: no DTD, no entities but the five of XML, no resolver, no XInclude, bounds on everything.</summary>
internal sealed class OrderXml : IDisposable
{
    private readonly Func<Stream> _open;
    private readonly OrderLimits _limits;
    private readonly TextReader _text;
    private readonly Encoding _encoding;
    private readonly int _markLength;
    private XmlReader? _reader;

    private OrderXml(Func<Stream> open, OrderLimits limits, Encoding encoding, int markLength, Stream stream)
    {
        (_open, _limits, _encoding, _markLength) = (open, limits, encoding, markLength);
        _text = new TagGuard(new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: false, bufferSize: 16 * 1024), limits);
    }

    /// <summary>Made when it is first asked for, because making it reads: what is wrong with the first bytes is thrown here.</summary>
    public XmlReader Reader => _reader ??= XmlReader.Create(_text, Settings(_limits));

    /// <summary>Opens the file, which is read twice: its head for the charset, then all of it.</summary>
    /// <param name="open">Opens the file at its start; called more than once.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="column">Column in the first line of a charset that is not usable.</param>
    /// <param name="fault">Why there is no reader.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OrderXml? Open(Func<Stream> open, OrderLimits limits, out int column, out string? fault)
    {
        Encoding? encoding;
        int markLength;
        using (var head = open())
        {
            var bytes = new byte[XmlCharset.HeadBytes];
            var read = head.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            encoding = XmlCharset.Detect(bytes.AsSpan(0, read), out markLength, out column, out fault);
        }

        if (encoding is null) return null;
        var stream = new LimitedStream(open(), limits.MaxXmlBytes, $"the file is longer than {limits.MaxXmlBytes} bytes");
        try
        {
            if (markLength > 0) stream.ReadExactly(new byte[markLength]);
            return new OrderXml(open, limits, encoding, markLength, stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Where the first byte is that the charset does not know.</summary>
    public (int Line, int Column) FirstCharsetFault()
    {
        using var stream = _open();
        return XmlCharset.FirstFault(stream, _encoding, _markLength);
    }

    public void Dispose()
    {
        _reader?.Dispose();
        _text.Dispose();
    }

    private static XmlReaderSettings Settings(OrderLimits limits) => new()
    {
        // Each of these is what makes some attack impossible; the defaults of the platform have changed before, so none is left to them.
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        ValidationType = ValidationType.None,
        MaxCharactersInDocument = limits.MaxXmlBytes,
        MaxCharactersFromEntities = 1,
        CheckCharacters = true,
        ConformanceLevel = ConformanceLevel.Document,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = false,
    };
}
