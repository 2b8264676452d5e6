using ClosedLoop.Model.Lists;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>Values every template may use besides the list's columns (closed-loop spec section 8).</summary>
internal static class SystemFields
{
    public const string UnsubscribeUrl = "unsubscribe_url";
    public const string MessageId = "message_id";
    public const string MailingId = "mailing_id";
    public const string RecipientId = "recipient_id";

    /// <summary>In the order of their slots, which follow the list's columns.</summary>
    public static readonly string[] All = [UnsubscribeUrl, MessageId, MailingId, RecipientId];

    /// <summary>The first slot behind them: there stands what an order fetches for its recipients.</summary>
    public static int After(ListDefinition list) => list.Fields.Count + All.Length;
}
