using System.Text;
using System.Xml;
using ClosedLoop.Intake.Orders.Xml;

namespace ClosedLoop.Intake.Orders.Lists;

/// <summary>
/// Recipients that stand in an order, read again from a file that was read without an error before; nothing is checked twice.
/// </summary>
internal sealed class InlineRows : IOrderRows
{
    private readonly OrderXml _xml;
    private readonly string _element;
    private readonly Dictionary<string, int> _positions = new(StringComparer.OrdinalIgnoreCase);
    private readonly string?[] _values;

    /// <param name="open">Opens the order at its start.</param>
    /// <param name="test">The test recipients.</param>
    /// <param name="columns">Their fields, as the reader found them.</param>
    /// <param name="limits">Bounds.</param>
    public InlineRows(Func<Stream> open, bool test, IReadOnlyList<string> columns, OrderLimits limits)
    {
        _xml = OrderXml.Open(open, limits, out _, out _) ?? throw new InvalidDataException("the order changed between two readings");
        _element = test ? "test_recipient" : "recipient";
        Columns = columns;
        for (var i = 0; i < columns.Count; i++) _positions[columns[i]] = i;
        _values = new string?[columns.Count];
    }

    public IReadOnlyList<string> Columns { get; }

    public long Line { get; private set; }

    public long Count { get; private set; }

    public bool Read()
    {
        var reader = _xml.Reader;
        // A field may have the name of the element it stands in, so its depth says which it is: contactlab, campaign, channel, recipients, list, row.
        while (reader.NodeType != XmlNodeType.Element || reader.Depth != 5 || reader.LocalName != _element)
        {
            if (!reader.Read()) return false;
        }

        Count++;
        Line = ((IXmlLineInfo)reader).LineNumber;
        Array.Clear(_values);
        reader.Read();
        while (reader.NodeType != XmlNodeType.EndElement || reader.Depth != 5)
        {
            if (reader.NodeType == XmlNodeType.Element) _values[_positions[reader.LocalName]] = reader.ReadElementContentAsString().Trim();
            else reader.Read();
        }

        return true;
    }

    public string? Value(int column) => _values[column];

    public ReadOnlySpan<byte> Bytes(int column) => _values[column] is { } value ? Encoding.UTF8.GetBytes(value) : default;

    public void Dispose() => _xml.Dispose();
}
