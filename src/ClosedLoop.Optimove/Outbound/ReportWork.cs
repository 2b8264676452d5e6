using System.Text.Json.Nodes;
using ClosedLoop.Data;
using ClosedLoop.Data.Optimove;
using ClosedLoop.Model;
using ClosedLoop.Model.Optimove;
using ClosedLoop.Optimove.Execution;

namespace ClosedLoop.Optimove.Outbound;

/// <summary>Finds out what happened to messages and writes it down for Optimove and for hooks (optimove spec section 7).</summary>
internal sealed class ReportWork(FeedStore feed, InteractionStore interactions, PreferenceWork preferences, TimeProvider time)
{
    public async Task RunAsync(ConnectorSession session)
    {
        var client = session.ClientId;
        var hooks = Hooks(session);
        void More(WriteContext context, MessageNews news)
        {
            preferences.Take(context, session, news);
            hooks(context, news);
        }

        foreach (var mailing in feed.Open(client))
        {
            await feed.TakeAsync(client, mailing, feed.Outcomes(client, mailing), More);
        }

        await TakeAsync($"event/{client}", after => feed.Events(client, after), More);
        await TakeAsync($"response/{client}", after => feed.Bounces(client, after), More);
        await TakeAsync($"delivery/{client}", after => feed.Deliveries(client, after), More);
        await preferences.TakeAsync(session);
        if (session.Definition.MetricsMode == MetricsMode.Metrics) await interactions.CountOnlyAsync(client);
        var before = time.NowMicroseconds() - (long)TimeSpan.FromHours(session.Definition.CloseAfterHours).TotalMicroseconds;
        foreach (var (campaign, channel) in feed.Closable(client, before)) await feed.CloseAsync(client, campaign, channel);
    }

    private Task TakeAsync(string name, Func<long, IReadOnlyList<MessageNews>> look, Action<WriteContext, MessageNews> more) => feed.TakeAsync(name, look(feed.Place(name)), more);

    /// <summary>What hooks on the message log make of news, in the transaction that takes it over.</summary>
    private Action<WriteContext, MessageNews> Hooks(ConnectorSession session)
    {
        var hooks = session.Definition.Active ? session.Definition.Hooks.Where(hook => hook.Active && hook.Event.Equals(HookEvent.MessageLog, StringComparison.OrdinalIgnoreCase)).ToList() : [];
        if (hooks.Count == 0) return static (_, _) => { };
        var now = time.NowMicroseconds();
        return (context, news) =>
        {
            var about = news.Interaction;
            var content = new JsonObject
            {
                ["externalId"] = about.Customer,
                ["status"] = InteractionNames.Of(about.Kind),
                ["campaign"] = about.Label,
                ["channel"] = about.ChannelId,
                ["template"] = about.TemplateId,
                ["at"] = Instants.FromMicroseconds(about.OccurredAt).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
            };
            foreach (var (field, value) in HookMapper.Map(hooks, new HookEvent(HookEvent.MessageLog, about.Customer, content)))
                AttributeStore.Put(context, about.ClientId, about.Customer, field, value, now);
        };
    }
}
