using System.Globalization;
using System.Text;
using System.Xml;
using ClosedLoop.Data.Orders;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Feedback;

/// <summary>The XML report (xml-delivery spec section 13): empty values until they are known; only the final one has the time of the end.</summary>
internal static class OrderReportFile
{
    public static byte[] Write(OperationView view)
    {
        using var output = new MemoryStream();
        using (var xml = XmlWriter.Create(output, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true, NewLineChars = "\n", CheckCharacters = false }))
        {
            var operation = view.Operation;
            xml.WriteStartElement("report");
            xml.WriteStartElement("process");
            xml.WriteAttributeString("start", view.Time(operation.BegunAt));
            xml.WriteAttributeString("finish", view.Time(operation.EndedAt));
            xml.WriteEndElement();
            xml.WriteStartElement("recipients");
            xml.WriteAttributeString("lastupdate", view.Time(operation.ChunkAt));
            xml.WriteAttributeString("start", view.Time(operation.UploadBegunAt));
            xml.WriteAttributeString("finish", view.Time(operation.UploadEndedAt));
            xml.WriteString(operation.UploadBegunAt is null ? "" : operation.RowsAdded.ToString(CultureInfo.InvariantCulture));
            xml.WriteEndElement();
            WriteDelivery(xml, view);
            foreach (var problem in view.Problems.Where(problem => problem.IsError)) Write(xml, "error", view.Time(problem.OccurredAt), problem.Text);
            foreach (var problem in view.Problems.Where(problem => !problem.IsError)) Write(xml, "warning", view.Time(problem.OccurredAt), problem.Text);
            xml.WriteEndElement();
        }

        output.WriteByte((byte)'\n');
        return output.ToArray();
    }

    private static void WriteDelivery(XmlWriter xml, OperationView view)
    {
        xml.WriteStartElement("delivery");
        Write(xml, "content", view.Time(view.Operation.ContentAt), view.Operation.ContentText ?? "");
        xml.WriteStartElement("id");
        Write(xml, "normal", view, view.Step(SubStatus.Delivery));
        Write(xml, "test", view, view.Step(SubStatus.DeliveryTest));
        xml.WriteEndElement();
        xml.WriteStartElement("qualifier");
        xml.WriteStartElement("id");
        Write(xml, "normal", view, view.Step(SubStatus.Qualifier));
        Write(xml, "test", view, view.Step(SubStatus.QualifierTest));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, string name, OperationView view, OperationTransition? step) => Write(xml, name, view.Time(step?.BegunAt), step?.Message ?? "");

    private static void Write(XmlWriter xml, string name, string time, string text)
    {
        xml.WriteStartElement(name);
        xml.WriteAttributeString("time", time);
        if (text.Length > 0) xml.WriteString(Printable(text));
        xml.WriteEndElement();
    }

    /// <summary>Control characters that XML has no way to write.</summary>
    private static string Printable(string text) => text.All(XmlConvert.IsXmlChar) ? text : string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '?'));
}
