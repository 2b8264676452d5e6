using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Operations;

/// <summary>Channels of orders in the words of the engine.</summary>
internal static class MessageChannels
{
    public static MessageChannel Of(OrderChannel channel) => channel switch
    {
        OrderChannel.Sms => MessageChannel.Sms,
        OrderChannel.Push => MessageChannel.Push,
        _ => MessageChannel.Mail,
    };
}
