using System.Globalization;
using ClosedLoop.Grains.Mailings;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Operations.Access;

namespace ClosedLoop.Operations.Actions;

internal sealed partial class ClientActions
{
    /// <summary>Tries everybody now who waits for a later time, of all mail or of one domain; what holds or limits a lane goes on counting.</summary>
    public Task<ActionResult> FlushAsync(Caller caller, string key, string? domain, string? reason) => desk.OnClientAsync(caller, key, client =>
    {
        if (DomainFault(domain, client) is { } fault) return Task.FromResult(fault);
        return audit.RunAsync(caller, "lane.flush", Lane(client, domain), client.Id, reason, () => Look(client), async () =>
        {
            var sending = mailings.InState(MailingState.Sending).Where(row => row.ClientId == client.Id).Select(row => row.MailingId).ToList();
            var flushed = await ledger.FlushAsync(sending, domain);
            foreach (var mailing in sending) await grains.GetGrain<IMailingGrain>(mailing.ToString(CultureInfo.InvariantCulture)).HastenAsync();
            return ActionResult.Of(flushed > 0, flushed > 0 ? string.Create(CultureInfo.InvariantCulture, $"{flushed} recipients are tried now and not later") : "nobody waits for a later time");
        });
    });
}
