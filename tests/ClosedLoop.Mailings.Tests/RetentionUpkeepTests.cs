using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Retention;
using ClosedLoop.Mailings.Retention;
using ClosedLoop.Model.Mailings;
using Microsoft.Extensions.Logging.Abstractions;
using static ClosedLoop.Mailings.Tests.MailingFixture;

namespace ClosedLoop.Mailings.Tests;

public sealed class RetentionUpkeepTests
{
    [Fact]
    public async Task A_mailing_is_given_up_the_days_of_its_client_after_its_end_and_its_unsubscribe_links_later()
    {
        await using var mailings = await MailingFixture.StartAsync();
        var mailing = await mailings.MailingAsync(5);
        await mailings.Grain(mailing).StartAsync();
        await EventuallyAsync(() => mailings.StateOf(mailing) == MailingState.Finished);
        var clock = new SettableClock(TimeProvider.System.GetUtcNow());
        var upkeep = new RetentionUpkeep(mailings.Get<DefinitionStore>(), mailings.Get<MailingPurge>(), mailings.Get<OrderPurge>(), mailings.Get<ConnectorPurge>(), clock, NullLogger<RetentionUpkeep>.Instance);

        clock.Now += TimeSpan.FromDays(30) - TimeSpan.FromHours(1);
        Assert.Equal(0, await upkeep.RunAsync(CancellationToken.None));
        clock.Now += TimeSpan.FromHours(2);
        Assert.Equal(1, await upkeep.RunAsync(CancellationToken.None));
        Assert.Equal(0, await upkeep.RunAsync(CancellationToken.None));
        Assert.Equal(5, mailings.Count(mailing).Sent);
        Assert.Equal([mailing.MailingId], mailings.Get<MailingPurge>().StubsDue(9, long.MaxValue));

        clock.Now += TimeSpan.FromDays(336);
        Assert.Equal(0, await upkeep.RunAsync(CancellationToken.None));
        Assert.Empty(mailings.Get<MailingPurge>().StubsDue(9, long.MaxValue));
        Assert.NotNull(mailings.Get<MailingStore>().Find(mailing.MailingId)!.PurgedAt);
    }
}
