using System.Text;
using System.Text.Json;
using ClosedLoop.Intake.Orders.Xml;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders;

/// <summary>SMS and push: xml-delivery spec section 9.4.</summary>
internal sealed partial class OrderBuilder
{
    private const int UsualPayloadBytes = 4096;

    private SmsMessage? Sms(OrderNode node)
    {
        foreach (var name in new[] { "subject", "body", "from" }) places.Note(name, node[name]);
        var body = node["body"]?.Value;
        CheckPlaceholders("body", body, OrderChannel.Sms, null);
        var length = body is null ? 0 : SmsText.FixedLength(body);
        if (length > SmsText.SingleLength)
        {
            problems.Add(OrderErrorCodes.W08, places["body"].Line, places["body"].Column, FormattableString.Invariant($"the text has {length} characters without its fields; more than {SmsText.SingleLength} need the option of long texts"));
        }
        else if (body is not null && Placeholder.IsIn(body))
        {
            problems.Add(OrderErrorCodes.W08, places["body"].Line, places["body"].Column, FormattableString.Invariant($"the text has {length} characters, and its fields add to them; {SmsText.SingleLength} fit without the option of long texts"));
        }

        if (node["from"] is { Value: { } from } sender && !SmsText.IsSender(from))
        {
            problems.Add(OrderErrorCodes.E18, sender.Line, sender.Column, "<from> is neither a number of 3 to 15 digits nor an alias of 1 to 11 letters, digits and blanks");
        }

        return node["subject"]?.Value is { } subject ? new SmsMessage(subject, body, node["from"]?.Value) : null;
    }

    private PushMessage? Push(OrderNode node)
    {
        var endpoints = node["push_endpoints"];
        foreach (var name in new[] { "apn", "gcm" })
        {
            places.Note(name, endpoints?[name]);
            if (endpoints?[name] is { Value: { } payload } place) CheckPayload(place, payload);
            CheckPlaceholders(name, endpoints?[name]?.Value, OrderChannel.Push, null);
        }

        places.Note("push_endpoints", endpoints);
        if (endpoints is { Children.Count: 0 }) problems.Add(OrderErrorCodes.E17, endpoints.Line, endpoints.Column, "<push_endpoints> has neither apn nor gcm; expected a payload for each endpoint the recipients use");
        return node["subject"]?.Value is { } subject && endpoints is not null ? new PushMessage(subject, endpoints["apn"]?.Value, endpoints["gcm"]?.Value) : null;
    }

    private void CheckPayload(OrderNode node, string payload)
    {
        var bytes = Encoding.UTF8.GetBytes(payload);
        try
        {
            var reader = new Utf8JsonReader(bytes);
            while (reader.Read())
            {
                // Only whether it can be read counts (section 9.4).
            }
        }
        catch (JsonException fault)
        {
            problems.Add(
                OrderErrorCodes.E17, node.Line, node.Column, FormattableString.Invariant($"<{node.Name}> is no JSON: line {(fault.LineNumber ?? 0) + 1}, byte {(fault.BytePositionInLine ?? 0) + 1} of the payload"),
                "A quote, comma or bracket is missing or too much.", "Check the payload with a JSON parser and write it as CDATA.");
            return;
        }

        if (bytes.Length > UsualPayloadBytes) problems.Add(OrderErrorCodes.W13, node.Line, node.Column, FormattableString.Invariant($"the payload has {bytes.Length} bytes"));
    }
}
