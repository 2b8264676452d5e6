using System.Globalization;
using ClosedLoop.Intake.Orders.Xml;
using ClosedLoop.Model.Orders;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Intake.Orders;

/// <summary>
/// Makes the order of its tree and checks what a schema cannot say and no account is needed for. Where the tree has gaps (they were reported) the rest is checked all the same; the order
/// is null then.
/// </summary>
internal sealed partial class OrderBuilder(OrderNode root, OrderLimits limits, OrderProblems problems, OrderPlaces places)
{
    private static readonly string[] Channels = ["email", "sms", "push"];

    public Order? Build()
    {
        var campaign = root["campaign"];
        var channel = campaign?.Children.Find(node => Channels.Contains(node.Name));
        var auth = Auth();
        if (campaign is null || channel is null) return null;

        foreach (var name in new[] { "newsletter", "recipients", "delivery", "message" }) places.Note(name, channel[name]);
        var kind = Enum.Parse<OrderChannel>(channel.Name, ignoreCase: true);
        var notes = Notes(channel["notes"]);
        var (normal, test) = Targets(channel["recipients"]);
        var delivery = Delivery(channel["delivery"]);
        var report = Report([root["report"], campaign["report"], channel["report"]]);
        OrderMessage? message = (kind, channel["message"]) switch
        {
            (_, null) => null,
            (OrderChannel.Email, { } node) => Email(node, notes),
            (OrderChannel.Sms, { } node) => Sms(node),
            (_, { } node) => Push(node),
        };
        if (auth is null || delivery is null || message is null || channel["newsletter"]?.Value is not { } newsletter) return null;
        return new Order
        {
            Auth = auth,
            Channel = kind,
            Newsletter = Number(newsletter),
            Retry = channel["recipients"]?["retry"] is not null,
            Normal = normal,
            Test = test,
            Rendering = channel["recipients"]?["filter"]?["test"]?.Attributes.GetValueOrDefault("rendering") == "true",
            Delivery = delivery,
            Notes = notes,
            Message = message,
            Report = report,
        };
    }

    private OrderAuth? Auth()
    {
        var auth = root["auth"];
        places.Note("auth", auth);
        return auth?["suid"]?.Value is { } suid && auth["key"]?.Value is { } key ? new OrderAuth(suid, key) : null;
    }

    private List<OrderNote> Notes(OrderNode? node)
    {
        var notes = new List<OrderNote>();
        var labels = new HashSet<string>(StringComparer.Ordinal);
        foreach (var note in node?.Children ?? [])
        {
            if (note["label"] is not { Value: { } label } place) continue;
            if (!labels.Add(label)) problems.Add(OrderErrorCodes.E02, place.Line, place.Column, "the <label> of this note is there twice; expected each once", "Two notes have the same label.", "Give each note a label of its own.");
            if (note["value"]?.Value is { } value) notes.Add(new OrderNote(label, value));
        }

        return notes;
    }

    private OrderReport Report(OrderNode?[] nodes)
    {
        var there = nodes.OfType<OrderNode>().ToList();
        foreach (var second in there.OrderBy(node => node.Line).ThenBy(node => node.Column).Skip(1))
        {
            problems.Add(OrderErrorCodes.E02, second.Line, second.Column, "<report> is there twice in the file; expected once, as last child of the channel");
        }

        var recipients = there.FirstOrDefault()?["report_recipients"];
        return new OrderReport
        {
            Overwrite = recipients?.Attributes.GetValueOrDefault("mode") == "overwrite",
            Recipients = Addresses(recipients),
        };
    }

    private List<string> Addresses(OrderNode? node)
    {
        var addresses = new List<string>();
        foreach (var recipient in node?.Children.Where(child => child.Name == "report_recipient") ?? [])
        {
            if (recipient.Value is { } value && CheckAddress(recipient, value)) addresses.Add(value);
        }

        return addresses;
    }

    private bool CheckAddress(OrderNode node, string address)
    {
        if (EmailAddress.TryNormalise(address) is not null) return true;
        Span<byte> normalised = stackalloc byte[EmailAddress.MaxLength];
        var fault = EmailAddress.Normalise(System.Text.Encoding.UTF8.GetBytes(address), normalised, out _);
        problems.Add(OrderErrorCodes.E02, node.Line, node.Column, $"the value of <{node.Name}> is no e-mail address: {EmailAddress.Describe(fault)}");
        return false;
    }

    private static long Number(string value) => long.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
}
