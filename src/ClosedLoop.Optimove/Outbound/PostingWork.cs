using System.Globalization;
using System.Text.Json;
using ClosedLoop.Data.Optimove;
using ClosedLoop.Model;
using ClosedLoop.Model.Optimove;
using ClosedLoop.Model.Testing;
using ClosedLoop.Optimove.Api;
using ClosedLoop.Optimove.Execution;

namespace ClosedLoop.Optimove.Outbound;

/// <summary>
/// Tells Optimove what happened. It adds up, so every row is marked before it leaves and told at most once: what may have arrived is in doubt and stays so until somebody decides.
/// </summary>
internal sealed class PostingWork(InteractionStore store, ConnectorStore connectors, ConnectorLog log, OptimoveOptions options, TimeProvider time)
{
    private const int MostCustomers = 10_000;
    private const int MostMetrics = 100;
    private const int MostEvents = 500;
    private const int LookedAt = 50_000;

    /// <summary>Optimove takes events of the last seven days.</summary>
    private static readonly long OldestEvent = (long)TimeSpan.FromDays(6.9).TotalMicroseconds;

    private long _notBefore;

    /// <summary>What a crash left marked may have been posted.</summary>
    public Task<int> RecoverAsync(long clientId) => store.RecoverAsync(clientId);

    public async Task RunAsync(ConnectorSession session, CancellationToken cancellation)
    {
        if (!session.Definition.Active || session.Row.State == ConnectorState.AuthError || time.NowMicroseconds() < _notBefore) return;
        var waiting = store.Waiting(session.ClientId, LookedAt);
        var ripe = time.NowMicroseconds() - (long)options.Flush.TotalMicroseconds;
        switch (session.Definition.MetricsMode)
        {
            case MetricsMode.Metrics:
                await PostTotalsAsync(session, cancellation);
                break;
            case MetricsMode.EngagementEvents:
                await PostEventsAsync(session, [.. waiting.Where(row => row.CreatedAt <= ripe)], cancellation);
                break;
            default:
                await PostInteractionsAsync(session, waiting, ripe, cancellation);
                break;
        }
    }

    private async Task PostInteractionsAsync(ConnectorSession session, IReadOnlyList<WaitingInteraction> waiting, long ripe, CancellationToken cancellation)
    {
        var groups = waiting.GroupBy(row => (row.Campaign, row.Label, row.ChannelId, row.TemplateId, row.Kind, Date: DateOf(session, row.OccurredAt)));
        foreach (var group in groups)
        {
            // A request names a customer once: whoever was triggered again goes with the next one.
            var layers = group.GroupBy(row => row.Customer, StringComparer.Ordinal).SelectMany(customer => customer.Select((row, i) => (Row: row, Layer: i))).GroupBy(pair => pair.Layer);
            foreach (var rows in layers.SelectMany(layer => layer.Select(pair => pair.Row).Chunk(MostCustomers)))
            {
                if (rows.Length < MostCustomers && rows.Min(row => row.CreatedAt) > ripe) continue;
                var batch = await store.MarkAsync(session.ClientId, rows);
                var body = new OptimoveBodies.Interactions(
                    CampaignId(group.Key.Label), group.Key.ChannelId, group.Key.TemplateId, InteractionNames.EventId(session.Definition, group.Key.Kind), group.Key.Date, 1, [.. rows.Select(row => row.Customer)]);
                if (!await PostAsync(session, "UpdateCampaignInteractions", batch, rows.Length, () => session.Api.UpdateCampaignInteractionsAsync(body, cancellation))) return;
            }
        }
    }

    private async Task PostEventsAsync(ConnectorSession session, IReadOnlyList<WaitingInteraction> ripe, CancellationToken cancellation)
    {
        if (session.Definition.EngagementUrl is not { } url || session.EngagementToken is not { } token) return;
        var oldest = time.NowMicroseconds() - OldestEvent;
        foreach (var chunk in ripe.Chunk(MostEvents))
        {
            var batch = await store.MarkAsync(session.ClientId, chunk);
            var events = chunk.Select(row => new OptimoveBodies.EngagementEvent(
                InteractionNames.Of(row.Kind), "metric", Instants.FromMicroseconds(Math.Max(row.OccurredAt, oldest)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), row.Customer,
                new OptimoveBodies.EngagementContext(row.Label, row.ChannelId, row.TemplateId))).ToList();
            if (!await PostAsync(session, "saveEvent", batch, chunk.Length, () => session.Api.SaveEngagementEventsAsync(new Uri(url), token, events, cancellation))) return;
        }
    }

    private async Task PostTotalsAsync(ConnectorSession session, CancellationToken cancellation)
    {
        while (store.WaitingTotals(session.ClientId, MostMetrics) is { Count: > 0 } totals)
        {
            var batch = await store.MarkAsync(session.ClientId, totals);
            IReadOnlyList<OptimoveBodies.Metric> body = [.. totals.Select(total => new OptimoveBodies.Metric(total.ChannelId, CampaignId(total.Label), total.TemplateId, (int)total.Kind, total.Value))];
            if (!await PostAsync(session, "UpdateCampaignMetrics", batch, totals.Count, () => session.Api.UpdateCampaignMetricsAsync(body, cancellation))) return;
        }
    }

    /// <summary>Posts one batch and writes down what became of it.</summary>
    /// <returns><c>false</c> when nothing more is to be posted now.</returns>
    private async Task<bool> PostAsync(ConnectorSession session, string call, long batch, int count, Func<Task> post)
    {
        KillSwitch.Reach(KillPoint.ConnectorBatch);
        try
        {
            await post();
            KillSwitch.Reach(KillPoint.ConnectorBatch);
            await store.SettleAsync(session.ClientId, batch, InteractionState.Posted, reason: null);
            KillSwitch.Reach(KillPoint.ConnectorBatch);
            return true;
        }
        catch (OptimoveException e) when (e.IsInDoubt)
        {
            log.InDoubt(session.Client.Value.Key, count, call, e.Message);
            await store.SettleAsync(session.ClientId, batch, InteractionState.InDoubt, e.Message);
            return true;
        }
        catch (OptimoveException e) when (e.Fault is OptimoveFault.Refused or OptimoveFault.NotFound)
        {
            log.ResultsRefused(session.Client.Value.Key, count, e.Message);
            await store.SettleAsync(session.ClientId, batch, InteractionState.Refused, e.Message);
            return true;
        }
        catch (OptimoveException e)
        {
            // It was certainly not taken: the rows wait on.
            log.TriedAgain(session.Client.Value.Key, call, e.Message);
            if (e.Fault == OptimoveFault.Permission) await connectors.LacksAsync(session.ClientId, call);
            await store.SettleAsync(session.ClientId, batch, InteractionState.Waiting, e.Message);
            _notBefore = time.NowMicroseconds() + (long)options.Flush.TotalMicroseconds;
            return false;
        }
        catch (OperationCanceledException)
        {
            await store.SettleAsync(session.ClientId, batch, InteractionState.InDoubt, "the service was stopped while it was being posted");
            throw;
        }
    }

    private static string DateOf(ConnectorSession session, long microseconds) =>
        TimeZoneInfo.ConvertTime(Instants.FromMicroseconds(microseconds), session.Zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A number where the id is one; leading zeros make it a text.</summary>
    private static JsonElement CampaignId(string label)
    {
        var isNumber = long.TryParse(label, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == label;
        using var document = JsonDocument.Parse(isNumber ? label : $"\"{JsonEncodedText.Encode(label)}\"");
        return document.RootElement.Clone();
    }
}
