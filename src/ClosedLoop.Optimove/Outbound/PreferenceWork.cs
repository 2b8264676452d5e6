using ClosedLoop.Data.Optimove;
using ClosedLoop.Model;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Optimove;
using ClosedLoop.Model.Testing;
using ClosedLoop.Optimove.Api;
using ClosedLoop.Optimove.Execution;

namespace ClosedLoop.Optimove.Outbound;

/// <summary>
/// Tells Optimove who wants messages of a channel, and who does not (optimove spec section 9). Saying so twice does no harm, so nothing is marked before it leaves: what is not known to have
/// been taken is said again. Works alike in every way of telling results.
/// </summary>
internal sealed class PreferenceWork(PreferenceStore store, ConnectorStore connectors, ConnectorLog log, OptimoveOptions options, TimeProvider time)
{
    private const string Call = "SetCustomerChannelPreference";
    private const int MostCustomers = 50_000;

    private long _notBefore;

    /// <summary>Takes over whose consent has changed.</summary>
    public Task TakeAsync(ConnectorSession session) => store.TakeNotesAsync(
        session.ClientId, medium => IsTold(session.Definition) ? ChannelsOf(session.Definition, medium) : [], session.Definition.RequireOptIn);

    /// <summary>Writes an opt-out down that came with a result, in the transaction that takes the result over.</summary>
    public void Take(Data.WriteContext context, ConnectorSession session, MessageNews news)
    {
        if (news.Kind != InteractionKind.Unsubscribed || !IsTold(session.Definition)) return;
        var about = news.Interaction;
        PreferenceStore.Put(context, about.ClientId, about.ChannelId, about.Customer, optedIn: false, news.Recorded, time.NowMicroseconds());
    }

    public async Task RunAsync(ConnectorSession session, CancellationToken cancellation)
    {
        if (session.Definition is not { Active: true, ModeOptIn: { } optIn, ModeOptOut: { } optOut } || session.Row.State == ConnectorState.AuthError || session.Lacks(Call)) return;
        var now = time.NowMicroseconds();
        if (now < _notBefore) return;
        var waiting = store.Waiting(session.ClientId, now - (long)options.Flush.TotalMicroseconds, MostCustomers);
        foreach (var group in waiting.GroupBy(row => (row.ChannelId, row.OptedIn)))
        {
            if (!await TellAsync(session, group.Key.ChannelId, group.Key.OptedIn ? optIn : optOut, [.. group], cancellation)) return;
        }
    }

    private static bool IsTold(OptimoveDefinition definition) => definition is { ModeOptIn: not null, ModeOptOut: not null };

    private static IReadOnlyList<int> ChannelsOf(OptimoveDefinition definition, MessageChannel medium) =>
        [.. definition.Channels.Where(channel => TemplateBook.ChannelOf(channel.Medium) == medium).Select(channel => channel.ChannelId)];

    /// <returns><c>false</c> when nothing more is to be told now.</returns>
    private async Task<bool> TellAsync(ConnectorSession session, int channel, int mode, IReadOnlyList<WaitingPreference> rows, CancellationToken cancellation)
    {
        KillSwitch.Reach(KillPoint.ConnectorBatch);
        try
        {
            await session.Api.SetCustomerChannelPreferenceAsync(channel, [.. rows.Select(row => row.Customer)], mode, cancellation);
            KillSwitch.Reach(KillPoint.ConnectorBatch);
            await store.SettleAsync(session.ClientId, rows, PreferenceState.Told, reason: null);
            return true;
        }
        catch (OptimoveException e) when (e.Fault is OptimoveFault.Refused or OptimoveFault.NotFound)
        {
            log.PreferencesRefused(session.Client.Value.Key, rows.Count, e.Message);
            await store.SettleAsync(session.ClientId, rows, PreferenceState.Refused, e.Message);
            return true;
        }
        catch (OptimoveException e)
        {
            // The rows wait on; a missing right is asked for again when the connector is saved.
            log.TriedAgain(session.Client.Value.Key, Call, e.Message);
            if (e.Fault == OptimoveFault.Permission) await connectors.LacksAsync(session.ClientId, Call);
            _notBefore = time.NowMicroseconds() + (long)options.Flush.TotalMicroseconds;
            return false;
        }
    }
}
