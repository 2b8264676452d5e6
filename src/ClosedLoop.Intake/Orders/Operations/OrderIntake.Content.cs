using ClosedLoop.Intake.Orders.Messages;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Operations;

/// <summary>The message, with what its codes fetch (xml-delivery spec section 10).</summary>
public sealed partial class OrderIntake
{
    /// <summary>
    /// Made once for a run of the operation: what is judged before the upload is what is frozen after it, and a server is asked once. After a crash in between it is
    /// made again; nothing has been made of it by then.
    /// </summary>
    private async Task<OrderContent> BuildAsync(OperationWork work, CancellationToken cancellation) => work.Content ??= await FetchAsync(work, Build(work), cancellation);

    private static OrderContent Build(OperationWork work) => work.Order.Message switch
    {
        SmsMessage sms => ChannelContents.Sms(work, sms),
        PushMessage push => ChannelContents.Push(work, push),
        _ => EmailContents.Build(work),
    };

    private async Task<OrderContent> FetchAsync(OperationWork work, OrderContent content, CancellationToken cancellation)
    {
        try
        {
            var coded = await codedContent.FetchAsync(content.Frozen, work.Account.ContentHosts, cancellation);
            var frozen = ReferenceEquals(coded.Frozen, content.Frozen) ? content.Frozen : EmailContents.InCharset(coded.Frozen);
            var page = content.Publish && frozen.Source.Html is { } html ? WebPages.Make(html, frozen.Source.Notes) : null;
            return content with { Frozen = frozen, Files = coded.Files, Page = page };
        }
        catch (ContentException e)
        {
            throw new OperationFailure(OrderErrorCodes.E19, $"a placeholder that fetches: {e.Message}", e);
        }
    }
}
