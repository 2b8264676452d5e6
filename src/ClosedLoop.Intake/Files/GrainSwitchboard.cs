using System.Globalization;
using ClosedLoop.Grains.Clients;
using ClosedLoop.Grains.Mailings;

namespace ClosedLoop.Intake.Files;

/// <summary>The switchboard over the grain engine.</summary>
public sealed class GrainSwitchboard(IGrainFactory grains) : IIntakeSwitchboard
{
    public Task StartMailingAsync(long mailingId) => Mailing(mailingId).StartAsync();

    public Task CancelMailingAsync(long mailingId, string reason) => Mailing(mailingId).CancelAsync(reason);

    public Task StopFolderAsync(string clientKey, string reason) => grains.GetGrain<IClientGrain>(clientKey).StopFolderAsync(reason);

    public Task ResumeFolderAsync(string clientKey) => grains.GetGrain<IClientGrain>(clientKey).ResumeFolderAsync();

    private IMailingGrain Mailing(long id) => grains.GetGrain<IMailingGrain>(id.ToString(CultureInfo.InvariantCulture));
}
