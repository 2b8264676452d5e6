using ClosedLoop.Data.Alarms;
using ClosedLoop.Data.Delivery;
using ClosedLoop.Data.Guard;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Silo.Tests.Support;
using ClosedLoop.Silo.Watching;

namespace ClosedLoop.Silo.Tests.Watching;

/// <summary>Whatever a mailing waits for, the alarm names it, and it does not come before its time.</summary>
public sealed class MailingWatchTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Paused_names_who_paused_it()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        await stores.MailingAsync(3, state: MailingState.Paused);
        stores.Reasons.Reason = "operator: wrong price";
        var alarm = await FirstAlarmAsync(stores, stores.Settings.Watch.PausedSeconds);
        Assert.Equal("paused", alarm.Cause);
        Assert.Contains("3 recipients wait; paused by operator: wrong price since 2026-03-02 09:00:00Z", alarm.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "lane-held", "is held until 2026-03-02 13:00:00Z: operator: asked for")]
    [InlineData(false, "relay-unreachable", "does not take mail, 4 times in a row, next try 2026-03-02 13:00:00Z: operator: asked for")]
    public async Task A_held_relay_is_named_with_its_time(bool byOperator, string cause, string text)
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        await stores.MailingAsync(3);
        var until = stores.Now + (4 * 3600 * 1_000_000L);
        await stores.Get<LaneStore>().SaveAsync([new LaneHold("oak/relay.example.org:25", until, 4, "operator: asked for", byOperator), new LaneHold("oak/relay.example.org:25/example.com", until, 1, "no", false)]);
        var alarm = await FirstAlarmAsync(stores, stores.Settings.Watch.LateSeconds);
        Assert.Equal(cause, alarm.Cause);
        Assert.Contains(text, alarm.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_copy_of_the_source_is_named()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        var first = await stores.MailingAsync(1);
        await stores.MailingAsync(3, fileId: 2, state: MailingState.Queued);
        await stores.SettleAsync(first, RecipientState.Sent, 0);
        stores.Execute("UPDATE mailing SET state = 4 WHERE mailing_id = $1", first.MailingId);
        var alarm = await FirstAlarmAsync(stores, stores.Settings.Watch.CopySeconds, "another-copy");
        Assert.Contains($"for mailing {first.MailingId}, another copy of source 71", alarm.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_time_counts_from_when_it_comes()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        var mailing = await stores.MailingAsync(3, state: MailingState.Queued);
        stores.Execute("UPDATE mailing SET start_at = $2 WHERE mailing_id = $1", mailing.MailingId, stores.Now + 7_200_000_000);
        var alarm = await FirstAlarmAsync(stores, 7_200 + stores.Settings.Watch.LateSeconds);
        Assert.Equal("start-time", alarm.Cause);
        Assert.Contains("its start time 2026-03-02 11:00:00Z has passed", alarm.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queued_mailing_that_nobody_begins_is_named()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        await stores.MailingAsync(3, state: MailingState.Queued);
        Assert.Equal("nobody-works", (await FirstAlarmAsync(stores, stores.Settings.Watch.LateSeconds)).Cause);
    }

    [Fact]
    public async Task A_mailing_whose_file_could_not_start_names_the_file()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        await stores.MailingAsync(3, state: MailingState.Prepared);
        stores.Execute("UPDATE inbound_file SET state = 7, code = 'E402', message = 'no such mailing'");
        var alarm = await FirstAlarmAsync(stores, stores.Settings.Watch.LateSeconds);
        Assert.Equal("not-started", alarm.Cause);
        Assert.Contains("its file 1 is FailedStart E402 no such mailing", alarm.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slice_that_nobody_works_on_is_named_by_its_first_recipient()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        var mailing = await stores.MailingAsync(1_003);
        stores.Execute("UPDATE ledger SET state = 2 WHERE mailing_id = $1 AND sequence < 1001", mailing.MailingId);
        var alarm = await FirstAlarmAsync(stores, stores.Settings.Watch.LateSeconds);
        Assert.Equal("nobody-works", alarm.Cause);
        Assert.Contains("2 recipients are due", alarm.Message, StringComparison.Ordinal);
        Assert.Contains("no silo works on slice 1 (first of them: recipient 1001)", alarm.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_late_recipient_is_seen_although_the_others_go_on()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        var mailing = await stores.MailingAsync(40);
        stores.Execute("UPDATE ledger SET due_at = $2 WHERE mailing_id = $1 AND sequence = 39", mailing.MailingId, stores.Now + 60_000_000);
        var watch = stores.Make<MailingWatch>();
        for (var sequence = 0; sequence < 10; sequence++)
        {
            await stores.SettleAsync(mailing, RecipientState.Sent, sequence);
            var late = stores.Now > Model.Instants.ToMicroseconds(new DateTimeOffset(2026, 3, 2, 9, 6, 0, TimeSpan.Zero));
            Assert.Equal(late ? 1 : 0, (await watch.LookAsync(stores.Now)).Found.Count);
            stores.Clock.Now += TimeSpan.FromMinutes(1);
        }
    }

    [Fact]
    public async Task A_mailing_that_moves_is_left_alone()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        var mailing = await stores.MailingAsync(50);
        var watch = stores.Make<MailingWatch>();
        for (var sequence = 0; sequence < 40; sequence++)
        {
            await stores.SettleAsync(mailing, RecipientState.Sent, sequence);
            Assert.Empty((await watch.LookAsync(stores.Now)).Found);
            stores.Clock.Now += TimeSpan.FromSeconds(stores.Settings.Watch.LateSeconds - 1);
        }
    }

    [Fact]
    public async Task A_claim_without_an_outcome_is_seen()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        var mailing = await stores.MailingAsync(1);
        await stores.Ledger.ClaimAsync(mailing.MailingId, [0]);
        var alarm = await FirstAlarmAsync(stores, stores.Settings.Watch.ClaimedSeconds);
        Assert.Equal("claimed", alarm.Cause);
        Assert.Contains("1 recipients are claimed", alarm.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Being_put_off_again_and_again_is_no_progress()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        var mailing = await stores.MailingAsync(2);
        var watch = stores.Make<MailingWatch>();
        Alarm? alarm = null;
        for (var minute = 0; minute < 200 && alarm is null; minute++)
        {
            await stores.Ledger.RecordAsync([.. new[] { 0, 1 }.Select(sequence => new SendOutcome
            {
                MailingId = mailing.MailingId,
                ClientId = SiloStores.ClientId,
                Sequence = sequence,
                Address = SiloStores.AddressOf(sequence),
                State = RecipientState.Waiting,
                Unclaimed = true,
                DoneAt = stores.Now,
                DueAt = stores.Now + 600_000_000,
                Reason = "oak/relay.example.org:25/example.org is full",
            })]);
            alarm = (await watch.LookAsync(stores.Now)).Found.SingleOrDefault();
            stores.Clock.Now += TimeSpan.FromMinutes(1);
        }

        Assert.Equal("deferred", alarm?.Cause);
        Assert.Contains("oak/relay.example.org:25/example.org is full", alarm!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_everything_is_held_there_is_one_cause()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        await stores.MailingAsync(2);
        await stores.Get<InstanceStore>().CreateAsync("mark");
        await stores.Get<InstanceStore>().HoldAsync("restored");
        var watch = stores.Make<MailingWatch>();
        await watch.LookAsync(stores.Now);
        stores.Clock.Now += TimeSpan.FromDays(1);
        Assert.Empty((await watch.LookAsync(stores.Now)).Found);
    }

    [Fact]
    public async Task An_alarm_outlasts_a_restart_until_the_mailing_moves()
    {
        await using var stores = await SiloStores.CreateAsync(_folder);
        var mailing = await stores.MailingAsync(2);
        var first = stores.Make<MailingWatch>();
        await first.LookAsync(stores.Now);
        stores.Clock.Now += TimeSpan.FromHours(1);
        var look = await first.LookAsync(stores.Now);
        await stores.Get<AlarmDesk>().ReplaceAsync(first.Scope, look.Found, 1);

        var next = stores.Make<MailingWatch>();
        Assert.Single((await next.LookAsync(stores.Now)).Found);
        stores.Clock.Now += TimeSpan.FromSeconds(1);
        await stores.SettleAsync(mailing, RecipientState.Sent, 0);
        Assert.Empty((await next.LookAsync(stores.Now)).Found);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Looks at once, one second before the threshold is crossed (nothing), and one after it.</summary>
    private static async Task<Alarm> FirstAlarmAsync(SiloStores stores, int seconds, string? cause = null)
    {
        bool IsWanted(Alarm alarm) => cause is null || alarm.Cause == cause;
        var watch = stores.Make<MailingWatch>();
        Assert.DoesNotContain((await watch.LookAsync(stores.Now)).Found, IsWanted);
        stores.Clock.Now += TimeSpan.FromSeconds(seconds);
        Assert.DoesNotContain((await watch.LookAsync(stores.Now)).Found, IsWanted);
        stores.Clock.Now += TimeSpan.FromSeconds(1);
        return Assert.Single((await watch.LookAsync(stores.Now)).Found, IsWanted);
    }
}
