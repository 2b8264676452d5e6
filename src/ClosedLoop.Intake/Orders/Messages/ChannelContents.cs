using ClosedLoop.Intake.Orders.Operations;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Messages;

/// <summary>Messages of the other channels (xml-delivery spec section 9.4): an SMS takes what it leaves out from its group, a notification is two whole payloads.</summary>
internal static class ChannelContents
{
    public static OrderContent Sms(OperationWork work, SmsMessage message)
    {
        var body = message.Body ?? work.Group.Defaults.Body!;
        var source = Source(work, message.Subject) with
        {
            Text = body,
            TextLinks = LinkTracking.None,
            Sms = new SmsTemplates { From = message.From ?? work.Group.Defaults.From, MaxSegments = work.Account.SmsConcatenation ? null : 1 },
        };
        return Of(work, source, body);
    }

    public static OrderContent Push(OperationWork work, PushMessage message) =>
        Of(work, Source(work, message.Subject) with { Push = new PushTemplates { Apns = message.Apn, Fcm = message.Gcm } }, message.Subject);

    private static SourceMailing Source(OperationWork work, string subject) => new()
    {
        Id = work.Id,
        ClientId = work.Client.Value.Id,
        Name = subject,
        Status = SourceStatus.Activated,
        Channel = MessageChannels.Of(work.Order.Channel),
        Dialect = TemplateDialect.Contactlab,

        // A name for operators, never a template.
        Subject = "",
    };

    private static OrderContent Of(OperationWork work, SourceMailing source, string shown)
    {
        var list = new ListDefinition { Fields = [.. work.Layout.Names.Select(name => new FieldDefinition { Name = name, Type = FieldType.Text })] };
        return new OrderContent(FrozenMailing.Of(source, work.Client.Value.Sender, list), shown, Publish: false);
    }
}
