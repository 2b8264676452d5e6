using System.Net;
using ClosedLoop.Data.Optimove;
using ClosedLoop.Model.Optimove;

namespace ClosedLoop.Optimove;

/// <summary>What a request needs to know of a connector.</summary>
/// <param name="Row">The connector.</param>
/// <param name="ClientKey">Key of its client: the key of its grain.</param>
/// <param name="Allowed">Networks that calls come from; empty for all.</param>
public sealed record ConnectorEntry(ConnectorRow Row, string ClientKey, IReadOnlyList<IPNetwork> Allowed)
{
    public long ClientId => Row.ClientId;

    public OptimoveDefinition Definition => Row.Definition;

    public OptimoveChannel? Channel(int channelId) => Definition.Channels.FirstOrDefault(channel => channel.ChannelId == channelId);
}
