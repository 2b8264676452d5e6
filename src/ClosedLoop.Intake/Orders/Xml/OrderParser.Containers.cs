using System.Xml;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Xml;

/// <summary>Containers: which children, in which order, how often.</summary>
internal sealed partial class OrderParser
{
    private const string CampaignElement = "campaign";
    private const string DroppedChannel = "fax";

    private void ReadContainer(TypeRule type, OrderNode node)
    {
        var seen = new long[type.Children.Count];
        var (last, way, textSeen) = (-1, -1, false);
        var bare = type.Mixed ? new ValueText(_limits.MaxContentChars) : null;
        var depth = _reader.Depth;
        var empty = _reader.IsEmptyElement;
        while (!empty && _reader.Read() && !(_reader.NodeType == XmlNodeType.EndElement && _reader.Depth == depth))
        {
            switch (_reader.NodeType)
            {
                case XmlNodeType.Element:
                    ReadChild(type, node, seen, ref last, ref way);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when bare is not null:
                    Append(bare);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA when !textSeen:
                    textSeen = true;
                    Report(OrderErrorCodes.E02, _position.LineNumber, _position.LinePosition, $"text stands directly inside <{node.Name}>; expected {Names(type)} only");
                    break;
            }
        }

        if (bare is not null && !bare.IsBlank) node.Bare = Text(bare, node);
        ReportMissing(type, node, seen, way);
    }

    private void ReadChild(TypeRule type, OrderNode node, long[] seen, ref int last, ref int way)
    {
        var (line, column) = (_position.LineNumber, _position.LinePosition - 1);
        var isCampaign = node.Name == CampaignElement;
        var index = _reader.NamespaceURI.Length > 0 ? -1 : type.Children.FindIndex(child => child.Name == _reader.LocalName);
        if (index < 0)
        {
            if (isCampaign && _reader.Name == DroppedChannel) Report(OrderErrorCodes.E04, line, column, "<fax> is no longer a channel; expected email, sms or push");
            else Report(OrderErrorCodes.E02, line, column, $"<{Shown(_reader.Name)}>{InNamespace()} is not known inside <{node.Name}>; expected {Names(type)}");
            SkipElement();
            return;
        }

        var rule = type.Children[index];
        var taken = false;
        if (rule.Way >= 0 && way >= 0 && rule.Way != way)
        {
            taken = true;
            if (isCampaign) Report(OrderErrorCodes.E04, line, column, $"<{rule.Name}> is a second channel; expected one only");
            else Report(OrderErrorCodes.E02, line, column, $"<{rule.Name}> and {Ways(type, way)} exclude each other inside <{node.Name}>", "Both ways to say it were written.", "Leave one of the two out.");
        }
        else if (seen[index] >= rule.Max)
        {
            taken = true;
            if (isCampaign && rule.Way >= 0) Report(OrderErrorCodes.E04, line, column, $"<{rule.Name}> is there twice; expected one channel");
            else if (rule.Max == 1) Report(OrderErrorCodes.E02, line, column, $"<{rule.Name}> is there twice inside <{node.Name}>; expected once");
            else Report(OrderErrorCodes.E02, line, column, $"<{node.Name}> has more than {rule.Max} <{rule.Name}>");
        }
        else if (index < last)
        {
            Report(
                OrderErrorCodes.E02, line, column, $"<{rule.Name}> stands behind <{type.Children[last].Name}>; expected before it",
                "The elements are all right, but their order is not.", $"Inside <{node.Name}> the order is: {Names(type)}.");
        }

        seen[index]++;
        last = Math.Max(last, index);
        if (rule.Way >= 0 && way < 0) way = rule.Way;
        if (taken && isCampaign)
        {
            // The faults of a channel that must go anyway would only hide what matters.
            SkipElement();
            return;
        }

        var child = ReadElement(rule);
        if (taken) return;
        if (rule.Type.AnyChildren) Count(node, child, rule);
        else node.Children.Add(child);
    }

    private void ReportMissing(TypeRule type, OrderNode node, long[] seen, int way)
    {
        for (var i = 0; i < seen.Length; i++)
        {
            var child = type.Children[i];
            if (seen[i] >= child.Min || (child.Way >= 0 && child.Way != way)) continue;
            Report(OrderErrorCodes.E02, node.Line, node.Column, $"<{node.Name}> has no <{child.Name}>{(child.Way >= 0 ? $", which goes with {Ways(type, way, child)}" : "")}");
        }

        if (type.ChoiceRequired != true || way >= 0) return;
        if (node.Name == CampaignElement) Report(OrderErrorCodes.E04, node.Line, node.Column, "<campaign> has no channel; expected one of email, sms and push");
        else Report(OrderErrorCodes.E02, node.Line, node.Column, $"<{node.Name}> has neither of {Names(type)}; expected one");
    }

    private static string Names(TypeRule type) => type.Children.Count == 0 ? "nothing" : string.Join(", ", type.Children.Select(child => child.Name));

    private static string Ways(TypeRule type, int way, ElementRule? but = null) =>
        string.Join(" with ", type.Children.Where(child => child.Way == way && child != but).Select(child => $"<{child.Name}>"));
}
