using ClosedLoop.Data.Optimove;
using ClosedLoop.Optimove.Api;
using ClosedLoop.Optimove.Execution;

namespace ClosedLoop.Optimove.Registration;

/// <summary>Tells Optimove which templates there are (optimove spec section 6): adds what is missing or has another name, takes back only what we added ourselves.</summary>
internal sealed class TemplateSync(ConnectorStore store, TemplateBook book, ConnectorLog log)
{
    /// <summary>Templates in one request.</summary>
    private const int AtOnce = 100;

    /// <param name="session">The connector.</param>
    /// <param name="force">Asks Optimove even when we know of no change.</param>
    /// <param name="cancellation">Ends it between requests.</param>
    public async Task SyncAsync(ConnectorSession session, bool force, CancellationToken cancellation)
    {
        if (session.Lacks("GetChannelTemplates") || session.Lacks("AddChannelTemplates")) return;
        foreach (var channel in session.Definition.Channels)
        {
            var offered = book.Offered(session.ClientId, session.Definition, channel.Medium);
            var ours = store.Templates(session.ClientId, channel.ChannelId);
            if (!force && ours.Count == offered.Count && offered.All(template => ours.GetValueOrDefault(template.Key) == template.Value)) continue;
            try
            {
                await SyncAsync(session, channel.ChannelId, offered, ours, cancellation);
            }
            catch (OptimoveException e) when (e.Fault == OptimoveFault.Permission)
            {
                log.NotAllowed(session.Client.Value.Key, e.Call);
                await store.LacksAsync(session.ClientId, e.Call);
                return;
            }
        }
    }

    private async Task SyncAsync(
        ConnectorSession session, int channelId, IReadOnlyDictionary<int, string> offered, IReadOnlyDictionary<int, string> ours, CancellationToken cancellation)
    {
        var there = new Dictionary<int, string>();
        foreach (var template in await session.Api.GetChannelTemplatesAsync(channelId, cancellation)) there[template.TemplateId] = template.Name;
        var add = offered.Where(template => there.GetValueOrDefault(template.Key) != template.Value).Select(template => new OptimoveRows.Template(template.Key, template.Value)).ToList();
        foreach (var chunk in add.Chunk(AtOnce))
        {
            await store.OwnTemplatesAsync(session.ClientId, channelId, [.. chunk.Select(template => (template.TemplateId, template.Name))]);
            await session.Api.AddChannelTemplatesAsync(channelId, chunk, cancellation);
        }

        // Those that stand there already under our name are ours, too, when we said so before.
        await store.OwnTemplatesAsync(session.ClientId, channelId, [.. offered.Where(template => there.GetValueOrDefault(template.Key) == template.Value).Select(template => (template.Key, template.Value))]);
        var gone = ours.Keys.Where(id => !offered.ContainsKey(id)).ToList();
        foreach (var chunk in gone.Where(there.ContainsKey).Chunk(AtOnce)) await session.Api.DeleteChannelTemplatesAsync(channelId, chunk, cancellation);
        await store.DisownTemplatesAsync(session.ClientId, channelId, gone);
        if (add.Count + gone.Count > 0) log.Templates(session.Client.Value.Key, channelId, add.Count, gone.Count);
    }
}
