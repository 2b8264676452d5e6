using ClosedLoop.Data.Content;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Orders;
using ClosedLoop.Intake.Orders.Messages;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Operations;

/// <summary>Steps 6 to 8: filters, content, deliveries.</summary>
public sealed partial class OrderIntake
{
    private async Task QualifyAsync(OperationWork work, CancellationToken cancellation)
    {
        if (work.Operation.Step >= OperationStep.Qualified) return;
        var transitions = new List<(string, string)>();
        foreach (var test in new[] { false, true })
        {
            if (TargetOf(work, test) is { } target) transitions.Add((test ? SubStatus.QualifierTest : SubStatus.Qualifier, Invariant(await FilterOfAsync(work, target, test))));
        }

        await ReachAsync(work, OperationStep.Qualified, cancellation, transitions: [.. transitions]);
    }

    private async Task FixContentAsync(OperationWork work, CancellationToken cancellation)
    {
        if (work.Operation.Step >= OperationStep.ContentFixed) return;
        var content = await BuildAsync(work, cancellation);
        var (shown, page) = (content.Shown, content.Page);
        var (body, hash) = MailingStore.Write(content.Frozen);
        if (page is not null) await writer.WriteAsync(context => DeliveryStore.PutPage(context, page.Token, work.Operation.ClientId, page.Body, Model.Instants.NowMicroseconds(time)));
        await ReachAsync(
            work, OperationStep.ContentFixed, cancellation,
            (context, now) =>
            {
                FileContents.Add(context, content.Files);
                MailingStore.Freeze(context, mailingId: null, body, hash);
                context.Execute(
                    "UPDATE operation SET content_at = $2, content_hash = $3, content_text = $4 WHERE operation_id = $1", work.Id, now, hash, shown);
            },
            work.Order.Channel == OrderChannel.Push ? [] : [(SubStatus.Content, page is null ? "" : WebPages.PathOf(page.Token))]);
    }

    private async Task MakeDeliveriesAsync(OperationWork work, CancellationToken cancellation)
    {
        if (work.Operation.Step >= OperationStep.DeliveriesMade) return;
        var transitions = new List<(string, string)>();
        foreach (var test in new[] { true, false })
        {
            if (TargetOf(work, test) is not { } target) continue;
            var delivery = DeliveryOf(work, test, target, await FilterOfAsync(work, target, test));
            var now = Model.Instants.NowMicroseconds(time);
            var id = await writer.WriteAsync(context => DeliveryStore.Create(context, delivery, now));
            transitions.Add((test ? SubStatus.DeliveryTest : SubStatus.Delivery, Invariant(id)));
        }

        await ReachAsync(work, OperationStep.DeliveriesMade, cancellation, transitions: [.. transitions]);
    }

    private NewDelivery DeliveryOf(OperationWork work, bool test, OrderTarget target, long filter)
    {
        var order = work.Order;
        var report = test ? null : order.Delivery.StatisticsReport;
        var registered = report?.Recipients.Where(address => work.Account.Users.Any(user => string.Equals(user.Email, address, StringComparison.OrdinalIgnoreCase))).ToList() ?? [];
        return new NewDelivery
        {
            OperationId = work.Id,
            AccountVersion = work.Operation.AccountVersion,
            Mailing = new NewMailing
            {
                ClientId = work.Client.Value.Id,
                ClientVersion = work.Client.Version,
                SourceId = 0,
                SourceVersion = 0,
                FileId = work.Id,
                Name = TitleOf(work),
                Test = test,
                Channel = MessageChannels.Of(order.Channel),
            },
            Channel = order.Channel,
            DatabaseId = work.Database.Id,
            FilterId = filter,
            Code = target is FilterTarget saved ? deliveries.FindFilter(work.Operation.ClientId, saved.FilterId)?.Code : work.Code(test),
            ContentHash = work.Operation.ContentHash!,
            RemoveDuplicates = order.Delivery.RemoveDuplicates,
            Transactional = order.Delivery.Transactional,
            StartAt = test || order.Delivery.Method == DeliveryMethod.Manual ? null : work.WantedStart,
            ProposedAt = !test && order.Delivery.Method == DeliveryMethod.Manual ? work.WantedStart : null,
            WebToken = WebPages.TokenIn(operations.Transitions(work.Id)),
            ReportTo = registered,
            ReportHours = registered.Count == 0 ? null : report!.DelayHours,
            Notes = order.Notes,
        };
    }

    private static OrderTarget? TargetOf(OperationWork work, bool test) => test ? work.Order.Test : work.Order.Normal;

    private Task<long> FilterOfAsync(OperationWork work, OrderTarget target, bool test) => target is FilterTarget saved
        ? Task.FromResult(saved.FilterId)
        : writer.WriteAsync(context => DeliveryStore.FilterOf(context, work.Operation.ClientId, work.Database.Id, work.Code(test)));

    private static string TitleOf(OperationWork work) => work.Order.Message switch
    {
        EmailMessage email => EmailContents.TitleOf(work, email),
        SmsMessage sms => sms.Subject,
        PushMessage push => push.Subject,
        _ => work.Operation.Name,
    };

    private static string Invariant(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
