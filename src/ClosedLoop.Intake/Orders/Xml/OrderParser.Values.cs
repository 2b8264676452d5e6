using System.Xml;
using ClosedLoop.Model.Accounts;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Xml;

/// <summary>Elements that hold a value, and the fields of recipients.</summary>
internal sealed partial class OrderParser
{
    private readonly char[] _chunk = new char[4096];
    private readonly HashSet<string> _rowFields = new(StringComparer.OrdinalIgnoreCase);

    private void ReadValue(ValueRule rule, OrderNode node)
    {
        var text = ReadText(node, rule.Trims ? _limits.MaxValueChars : _limits.MaxContentChars);
        if (text is null) return;
        if (text.IsBlank && !rule.AllowsEmpty)
        {
            Report(OrderErrorCodes.E03, node.Line, node.Column, $"<{node.Name}> is empty; expected {rule.Expected}");
            return;
        }

        var value = rule.Trims ? Text(text, node)?.Trim() : Text(text, node);
        if (value is null) return;
        if (rule.Accepts(value)) node.Value = value;
        else if (rule.IsFlag) Report(OrderErrorCodes.E02, node.Line, node.Column, $"<{node.Name}> holds text; expected {rule.Expected}", "A value was written where the tag alone counts.", $"Write <{node.Name}/>, or leave it out.");
        else Report(OrderErrorCodes.E02, node.Line, node.Column, $"the value of <{node.Name}> is not allowed; expected {rule.Expected}");
    }

    /// <summary>The text of the element the reader is on; null when elements stand in it, which is reported.</summary>
    private ValueText? ReadText(OrderNode node, int limit)
    {
        var text = new ValueText(limit);
        if (_reader.IsEmptyElement) return text;
        var depth = _reader.Depth;
        var elementSeen = false;
        while (_reader.Read() && !(_reader.NodeType == XmlNodeType.EndElement && _reader.Depth == depth))
        {
            if (_reader.NodeType == XmlNodeType.Element)
            {
                if (!elementSeen)
                {
                    Report(
                        OrderErrorCodes.E02, _position.LineNumber, _position.LinePosition - 1, $"<{Shown(_reader.Name)}> stands inside <{node.Name}>; expected text only",
                        "HTML or other markup was written without CDATA.", "Put the value into <![CDATA[ … ]]>.");
                }

                elementSeen = true;
                SkipElement();
            }
            else if (_reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
            {
                Append(text);
            }
        }

        return elementSeen ? null : text;
    }

    // In pieces: asked for its whole value the parser would build a text of any length before its length is known.
    private void Append(ValueText text)
    {
        int read;
        while (!text.IsFull && (read = _reader.ReadValueChunk(_chunk, 0, _chunk.Length)) > 0) text.Append(_chunk.AsSpan(0, read));
    }

    private string? Text(ValueText text, OrderNode node)
    {
        if (!text.IsFull) return text.ToString();
        Report(OrderErrorCodes.E02, node.Line, node.Column, $"the value of <{node.Name}> has more than {text.Limit} characters");
        return null;
    }

    private void ReadFields(OrderNode row)
    {
        _rowFields.Clear();
        var (depth, textSeen) = (_reader.Depth, false);
        var empty = _reader.IsEmptyElement;
        while (!empty && _reader.Read() && !(_reader.NodeType == XmlNodeType.EndElement && _reader.Depth == depth))
        {
            if (_reader.NodeType == XmlNodeType.Element)
            {
                ReadField(row);
            }
            else if (_reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && !textSeen)
            {
                textSeen = true;
                Report(OrderErrorCodes.E02, _position.LineNumber, _position.LinePosition, $"text stands directly inside <{row.Name}>; expected one element for each field");
            }
        }

        if (_rowFields.Count == 0) Report(OrderErrorCodes.E02, row.Line, row.Column, $"<{row.Name}> has no field; expected at least the one with the address");
    }

    private void ReadField(OrderNode row)
    {
        var (line, column) = (_position.LineNumber, _position.LinePosition - 1);
        var name = _reader.LocalName;
        if (_reader.NamespaceURI.Length > 0) Report(OrderErrorCodes.E02, line, column, $"<{Shown(_reader.Name)}> stands in a namespace; expected the name of a field");
        if (_reader.AttributeCount > 0) Report(OrderErrorCodes.E02, line, column, $"<{Shown(name)}> has attributes; a field has none");
        if (name.Equals(UserDatabase.CodeField, StringComparison.OrdinalIgnoreCase)) Report(OrderErrorCodes.E09, line, column, $"field {UserDatabase.CodeField} is reserved");
        if (!_rowFields.Add(name)) Report(OrderErrorCodes.E09, line, column, $"field {Shown(name)} is there twice in one <{row.Name}>; expected once");
        if (_rowFields.Count > _limits.MaxFields) throw new LimitException($"a <{row.Name}> has more than {_limits.MaxFields} fields");
        var node = new OrderNode(Shown(name), line, column);
        CheckDepth();
        if (ReadText(node, _limits.MaxValueChars) is not { } text) return;
        if (text.IsBlank) Report(OrderErrorCodes.E03, line, column, $"field {node.Name} is empty; expected a value", "The program that writes the order had no value for this recipient.", "Leave the element out where there is no value.");
        else _ = Text(text, node);
    }

    private void Count(OrderNode container, OrderNode row, ElementRule rule)
    {
        container.Rows++;
        if (container.Rows == 1) container.Children.Add(row);
        foreach (var field in _rowFields)
        {
            if (container.Fields.Contains(field, StringComparer.OrdinalIgnoreCase)) continue;
            container.Fields.Add(field);
            if (container.Fields.Count > _limits.MaxFields) throw new LimitException($"the <{rule.Name}> have more than {_limits.MaxFields} different fields");
        }
    }
}
