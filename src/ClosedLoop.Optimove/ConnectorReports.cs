using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Optimove;
using ClosedLoop.Model;
using ClosedLoop.Optimove.Secrets;

namespace ClosedLoop.Optimove;

/// <summary>Looks up how connectors are doing; works without a running service.</summary>
public sealed class ConnectorReports(
    ConnectorStore store, CampaignStore campaigns, InteractionStore interactions, PreferenceStore preferences, AttributeStore attributes, ProfileStore profiles, OptimoveEventStore events, DefinitionStore definitions, SecretBox box, OptimoveOptions options, TimeProvider time)
{
    private const int Shown = 20;
    private static readonly TimeSpan Recently = TimeSpan.FromHours(1);

    public IReadOnlyList<ConnectorReport> All() => [.. store.All().Select(Of).OfType<ConnectorReport>()];

    public ConnectorReport? Of(long clientId) => store.Find(clientId) is { } row ? Of(row) : null;

    private ConnectorReport? Of(ConnectorRow row)
    {
        if (definitions.FindClient(row.ClientId) is not { } client) return null;
        var id = row.ClientId;
        return new ConnectorReport(
            client.Value.Key, row.State.ToString(), row.Reason, Instants.FromMicroseconds(row.Since), row.Version, row.RegisteredVersion, row.Definition.BaseUrl,
            $"{options.PublicUrl.ToString().TrimEnd('/')}{options.BasePath}/optimove/event/{AppKey.Mark(box.Unseal(row.AppKey))}",
            row.Missing?.Split(',') ?? [], store.Listeners(id), campaigns.Latest(id, Shown),
            interactions.Counts(id).ToDictionary(pair => pair.Key.ToString(), pair => pair.Value), attributes.Waiting(id), attributes.LetterCount(id),
            [.. attributes.Letters(id, Shown).Select(letter => $"{letter.Error} {letter.Field}")], profiles.Count(id), events.NotUsed(id, Instants.ToMicroseconds(time.GetUtcNow() - Recently)),
            preferences.Counts(id).ToDictionary(pair => pair.Key.ToString(), pair => pair.Value));
    }
}
