using System.Text;
using System.Xml;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Xml;

/// <summary>
/// Walks the XML of an order along the schema in one pass and collects every fault: a wrong child is reported and its content looked at all the same. What cannot be gone on from
/// (not well-formed, a limit, a DTD) ends the walk.
/// </summary>
internal sealed partial class OrderParser
{
    private const string SchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";
    private const string NamespaceDeclaration = "http://www.w3.org/2000/xmlns/";

    private readonly XmlReader _reader;
    private readonly IXmlLineInfo _position;
    private readonly OrderLimits _limits;
    private readonly OrderProblems _problems;
    private int _skipped;

    private OrderParser(OrderXml xml, OrderLimits limits, OrderProblems problems)
    {
        _reader = xml.Reader;
        _position = (IXmlLineInfo)xml.Reader;
        _limits = limits;
        _problems = problems;
    }

    /// <summary>Reads the file to its end.</summary>
    /// <returns>The tree, perhaps with gaps where something was wrong; null when the walk was ended.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OrderNode? Parse(Func<Stream> open, OrderLimits limits, OrderProblems problems)
    {
        OrderXml? xml;
        try
        {
            xml = OrderXml.Open(open, limits, out var column, out var fault);
            if (fault is not null) problems.Add(OrderErrorCodes.E02, 1, column, fault, "The program that writes the order uses another charset.", "Write the order in UTF-8 and say so in its XML declaration.");
        }
        catch (LimitException limit)
        {
            problems.Add(OrderErrorCodes.E02, 0, 0, limit.Message, OversizeCause, OversizeHint);
            return null;
        }

        if (xml is null) return null;
        using (xml) return Run(xml, limits, problems);
    }

    private const string OversizeCause = "The order is damaged, or holds what belongs into a list.";
    private const string OversizeHint = "Put recipients into a CSV file and keep the order small.";

    private static OrderNode? Run(OrderXml xml, OrderLimits limits, OrderProblems problems)
    {
        OrderParser? parser = null;
        try
        {
            parser = new OrderParser(xml, limits, problems);
            return parser.ReadRoot();
        }
        catch (XmlException fault)
        {
            ReportNotWellFormed(problems, fault);
        }
        catch (DecoderFallbackException)
        {
            var (line, column) = xml.FirstCharsetFault();
            problems.Add(
                OrderErrorCodes.E02, line, column, "the bytes here are no character of the charset that the file declares",
                "The file was written in another charset than its XML declaration names, or was damaged on its way.", "Write the declaration and the text in the same charset, best UTF-8.");
        }
        catch (LimitException limit)
        {
            problems.Add(OrderErrorCodes.E02, parser?._position.LineNumber ?? 0, parser?._position.LinePosition ?? 0, limit.Message, OversizeCause, OversizeHint);
        }

        return null;
    }

    private OrderNode? ReadRoot()
    {
        _reader.MoveToContent();
        var root = OrderGrammar.Root;
        if (_reader.LocalName != root.Name || _reader.NamespaceURI.Length > 0)
        {
            Report(OrderErrorCodes.E02, _position.LineNumber, _position.LinePosition - 1, $"the root is <{Shown(_reader.Name)}>{InNamespace()}; expected <{root.Name}> without namespace");
            return null;
        }

        var node = ReadElement(root);
        while (_reader.Read())
        {
            // Nothing but comments can follow; the parser refuses all else.
        }

        return node;
    }

    private OrderNode ReadElement(ElementRule rule)
    {
        CheckDepth();
        var node = new OrderNode(rule.Name, _position.LineNumber, _position.LinePosition - 1);
        ReadAttributes(rule.Type, node);
        if (rule.Type.AnyChildren) ReadFields(node);
        else if (rule.Type.Value is { } value) ReadValue(value, node);
        else ReadContainer(rule.Type, node);
        return node;
    }

    private void ReadAttributes(TypeRule type, OrderNode node)
    {
        if (_reader.AttributeCount > _limits.MaxAttributes) throw new LimitException($"<{node.Name}> has more than {_limits.MaxAttributes} attributes");
        while (_reader.MoveToNextAttribute())
        {
            if (_reader.NamespaceURI == NamespaceDeclaration && _reader.Prefix.Length > 0) continue;
            if (_reader.NamespaceURI == SchemaInstance && _reader.LocalName is "schemaLocation" or "noNamespaceSchemaLocation") continue;
            var (line, column) = (_position.LineNumber, _position.LinePosition);
            var rule = _reader.NamespaceURI.Length == 0 ? type.Attributes.Find(attribute => attribute.Name == _reader.LocalName) : null;
            if (rule is null)
            {
                Report(OrderErrorCodes.E02, line, column, $"attribute {Shown(_reader.Name)} is not known at <{node.Name}>; expected {(type.Attributes.Count == 0 ? "none" : string.Join(", ", type.Attributes.Select(a => a.Name)))}");
                continue;
            }

            var value = _reader.Value.Trim();
            if (rule.Value.Accepts(value)) node.Attributes[rule.Name] = value;
            else Report(OrderErrorCodes.E02, line, column, $"attribute {rule.Name} of <{node.Name}> has a value that is not allowed; expected {rule.Value.Expected}");
            if (!node.Attributes.ContainsKey(rule.Name)) node.Attributes[rule.Name] = "";
        }

        _reader.MoveToElement();
        foreach (var missing in type.Attributes.Where(attribute => attribute.Required && !node.Attributes.ContainsKey(attribute.Name)))
        {
            Report(OrderErrorCodes.E02, node.Line, node.Column, $"<{node.Name}> has no attribute {missing.Name}; expected {missing.Value.Expected}");
        }
    }

    /// <summary>Reads past an element and all in it; the reader is then on its end.</summary>
    private void SkipElement()
    {
        CheckDepth();
        if (_reader.IsEmptyElement) return;
        var depth = _reader.Depth;
        while (_reader.Read() && !(_reader.NodeType == XmlNodeType.EndElement && _reader.Depth == depth))
        {
            if (_reader.NodeType != XmlNodeType.Element) continue;
            CheckDepth();
            if (++_skipped > _limits.MaxSkipped) throw new LimitException($"more than {_limits.MaxSkipped} elements stand inside elements that are not known");
        }
    }

    private void CheckDepth()
    {
        if (_reader.Depth >= _limits.MaxDepth) throw new LimitException($"elements stand more than {_limits.MaxDepth} deep inside each other");
    }

    private static void ReportNotWellFormed(OrderProblems problems, XmlException fault)
    {
        var line = fault.LineNumber;
        var column = fault.LinePosition;
        if (fault.Message.Contains("DTD", StringComparison.Ordinal))
        {
            problems.Add(OrderErrorCodes.E02, line, column, "the file has a DTD, which is refused", "A DOCTYPE was copied from another file.", "Take <!DOCTYPE …> out; an order needs none.");
            return;
        }

        var words = fault.Message.AsSpan();
        var tail = words.IndexOf(" Line ");
        if (tail > 0) words = words[..tail];
        problems.Add(
            OrderErrorCodes.E02, line, column, $"the file is not well-formed XML: {Shown(words.ToString())}",
            "A tag is not closed, or &, < or a control character stands in a text.", "Write &amp; and &lt;, or put the text into <![CDATA[ … ]]>, and check that the upload is complete.");
    }

    private void Report(OrderErrorCode code, int line, int column, string message, string? cause = null, string? hint = null)
    {
        _problems.Add(code, line, column, message, cause ?? code.Cause, hint ?? code.Hint);
        if (_problems.IsFull) throw new LimitException("too many errors; reading ends here");
    }

    private string InNamespace() => _reader.NamespaceURI.Length > 0 ? " in a namespace" : "";

    /// <summary>A name of the file, short enough for a message and without what could disturb a terminal.</summary>
    private static string Shown(string name)
    {
        var text = name.Length > 160 ? name[..160] + "…" : name;
        return string.Create(text.Length, text, (span, source) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) ? '?' : source[i];
        });
    }
}
