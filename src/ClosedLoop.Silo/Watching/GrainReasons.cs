using System.Globalization;
using ClosedLoop.Grains.Mailings;

namespace ClosedLoop.Silo.Watching;

/// <summary>Asks the mailing itself.</summary>
internal sealed class GrainReasons(IGrainFactory grains) : IMailingReasons
{
    public async Task<string?> OfAsync(long mailingId) =>
        (await grains.GetGrain<IMailingGrain>(mailingId.ToString(CultureInfo.InvariantCulture)).GetProgressAsync()).Reason;
}
