using System.Globalization;
using ClosedLoop.Data;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Optimove;
using ClosedLoop.Grains.Mailings;
using ClosedLoop.Model;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Optimove;
using ClosedLoop.Model.Testing;
using ClosedLoop.Optimove.Api;

namespace ClosedLoop.Optimove.Execution;

/// <summary>
/// Scheduled campaigns (optimove spec section 10.2): read all customers, plan each once, publish, send. Where it stands is in the campaign's row; a crash at any place is gone on from there.
/// </summary>
internal sealed partial class CampaignWork(
    CampaignStore campaigns, MailingStore mailings, RecipientLedger ledger, CustomerJudge judge, ProfileStore profiles, SourceFreezer freezer, ConnectorStore connectors,
    LedgerWriter writer, IGrainFactory grains, ConnectorLog log, OptimoveOptions options, TimeProvider time)
{
    private static readonly CampaignState[] Open = [CampaignState.Received, CampaignState.Fetching, CampaignState.Planned];

    public async Task RunAsync(ConnectorSession session, CancellationToken cancellation)
    {
        foreach (var row in campaigns.InState(session.ClientId, Open).Where(row => row.NextTry <= time.NowMicroseconds()))
        {
            cancellation.ThrowIfCancellationRequested();
            await AdvanceAsync(session, row, cancellation);
        }

        foreach (var row in campaigns.GivenUpImports(session.ClientId))
        {
            await RemoveAsync(row);
            if (row.State == CampaignState.Cancelled) log.CancelledBeforehand(session.Client.Value.Key, row.Label, row.ChannelId);
        }

        foreach (var row in campaigns.InState(session.ClientId, CampaignState.Sending).Where(row => !campaigns.IsUnderWay(row))) await campaigns.MoveAsync(row, CampaignState.Sent);
        foreach (var row in campaigns.InState(session.ClientId, CampaignState.Sending, CampaignState.Sent, CampaignState.Failed, CampaignState.Empty).Where(row => row.Again)) await campaigns.BeginAgainAsync(row);
    }

    private async Task AdvanceAsync(ConnectorSession session, CampaignRow row, CancellationToken cancellation)
    {
        try
        {
            if (row.State == CampaignState.Received && await campaigns.MoveAsync(row, CampaignState.Fetching)) row = row with { State = CampaignState.Fetching };
            if (row.State == CampaignState.Fetching)
            {
                if (session.Row.State == ConnectorState.AuthError) return;
                await FetchAsync(session, row, cancellation);
                row = campaigns.Find(row.ClientId, row.Campaign, row.ChannelId)!;
            }

            if (row.State == CampaignState.Planned) await StartAsync(session, row, cancellation);
        }
        catch (OptimoveException e) when (e.Fault == OptimoveFault.Auth)
        {
            log.KeyRefused(session.Client.Value.Key, e.Message);
            await connectors.MoveAsync(session.ClientId, session.Row.Version, ConnectorState.AuthError, e.Message);
        }
        catch (OptimoveException e) when (e.Fault == OptimoveFault.Refused)
        {
            log.CampaignFailed(session.Client.Value.Key, row.Label, row.ChannelId, e.Message);
            await FailAsync(row, e.Message);
        }
        catch (OptimoveException e)
        {
            await PutOffAsync(session, row, e.Message);
        }
        catch (Exception e) when (e is ContentException or InvalidDataException)
        {
            log.CampaignFailed(session.Client.Value.Key, row.Label, row.ChannelId, e.Message);
            await FailAsync(campaigns.Find(row.ClientId, row.Campaign, row.ChannelId)!, e.Message);
        }
    }

    /// <summary>Freezes each mailing, gives it its time and hands it to dispatch. Done twice it does nothing the second time.</summary>
    private async Task StartAsync(ConnectorSession session, CampaignRow row, CancellationToken cancellation)
    {
        foreach (var mailing in mailings.OfFile(row.FileId).Where(mailing => mailing.State == MailingState.Prepared))
        {
            await freezer.FreezeAsync(mailing, cancellation);
            KillSwitch.Reach(KillPoint.ConnectorCampaign);
            var first = campaigns.FirstDue(mailing.MailingId);
            if (first > time.NowMicroseconds()) await writer.WriteAsync(context => MailingStore.Schedule(context, mailing.MailingId, first));
            await grains.GetGrain<IMailingGrain>(mailing.MailingId.ToString(CultureInfo.InvariantCulture)).StartAsync();
            KillSwitch.Reach(KillPoint.ConnectorCampaign);
        }

        await campaigns.MoveAsync(row, CampaignState.Sending);
        var counted = campaigns.Find(row.ClientId, row.Campaign, row.ChannelId)!;
        log.Planned(session.Client.Value.Key, row.Label, row.ChannelId, counted.Received, counted.Planned, counted.Control, counted.UnknownUser, counted.Refused, counted.Failed, counted.Expired);
    }

    /// <summary>Nothing of it goes out: what is published is cancelled, what is not is removed. Its customers are new again, should the campaign be executed once more.</summary>
    private async Task FailAsync(CampaignRow row, string reason)
    {
        if (!await campaigns.MoveAsync(row, CampaignState.Failed, reason) || row.FileId == 0) return;
        foreach (var mailing in mailings.OfFile(row.FileId).Where(mailing => mailing.State is MailingState.Prepared or MailingState.Queued))
            await grains.GetGrain<IMailingGrain>(mailing.MailingId.ToString(CultureInfo.InvariantCulture)).CancelAsync(reason);
        await RemoveAsync(row);
    }

    private async Task RemoveAsync(CampaignRow row)
    {
        await campaigns.ForgetAsync(row);
        await ledger.RemoveImportAsync(row.FileId);
    }

    private async Task PutOffAsync(ConnectorSession session, CampaignRow row, string reason)
    {
        // A campaign is of use for a day; it is tried for as long, at first often.
        var pause = options.Backoff * Math.Min(60, Math.Pow(2, row.Attempts));
        var next = time.NowMicroseconds() + (long)pause.TotalMicroseconds;
        log.PutOff(session.Client.Value.Key, row.Label, row.ChannelId, Instants.FromMicroseconds(next), reason);
        await campaigns.PutOffAsync(row, next, reason);
    }
}
