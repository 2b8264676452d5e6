using ClosedLoop.Data;
using ClosedLoop.Data.Delivery;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Delivery.Sending.Lanes;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Delivery.Tests.Sending.Lanes;

/// <summary>Hours of a relay in trouble on a clock that jumps from one due time to the next.</summary>
public sealed class StormTests
{
    private static readonly SinkRule Later = new("", SinkDeed.Refuse, "451 4.3.2 try again later");
    private static readonly SinkRule Closing = new("", SinkDeed.RefuseAndClose, "421 4.3.2 too busy");
    private readonly SettableClock _clock = new(DateTimeOffset.UtcNow);

    [Theory]
    [InlineData(451)]
    [InlineData(421)]
    public async Task Half_an_hour_of_refusals_costs_nobody_their_mail(int code)
    {
        var recovery = _clock.Now + TimeSpan.FromMinutes(30);
        var relay = new MoodyRelay(_ => _clock.Now >= recovery ? null : code == 451 ? Later : Closing);
        await using var delivery = DeliveryFixture.Start(relay, _clock);
        string[] addresses = [.. Enumerable.Range(0, 300).Select(i => $"reader.{i}@{(char)('a' + (i % 3))}.example")];
        var mailing = await delivery.MailingAsync(DeliveryFixture.Source(), delivery.Client, addresses);

        var turns = await SendAsync(delivery, mailing, before: () => Assert.True(AllDelaysHaveAReason(delivery, mailing)));

        var counts = delivery.Ledger.Count(mailing.MailingId);
        Assert.Equal((300, 300), (counts.Sent, counts.Total));
        Assert.Equal(300, delivery.Received.Count);
        Assert.Equal(300, delivery.Received.Select(message => message.Record.To[0]).Distinct(StringComparer.Ordinal).Count());
        Assert.True(_clock.Now >= recovery, "the storm was never met");
        Assert.True(relay.Attempts <= 300 + 200, $"the relay was asked {relay.Attempts} times while it had no time");
        Assert.True(turns < 1_000, $"{turns} turns: the slice spins");
    }

    [Fact]
    public async Task A_domain_in_trouble_does_not_hold_up_the_others()
    {
        var recovery = _clock.Now + TimeSpan.FromHours(3);
        var relay = new MoodyRelay(address => address.EndsWith("@slow.example", StringComparison.Ordinal) && _clock.Now < recovery ? Later : null);
        await using var delivery = DeliveryFixture.Start(relay, _clock);
        var mailing = await delivery.MailingAsync(DeliveryFixture.Source(), delivery.Client,
            [.. Enumerable.Range(0, 400).Select(i => i % 2 == 0 ? $"r{i}@slow.example" : $"r{i}@quick{i % 7}.example")]);

        await delivery.SendAsync(mailing);
        Assert.Equal(200, delivery.Ledger.Count(mailing.MailingId).Sent);
        Assert.InRange(relay.AttemptsAt("slow.example"), 20, 40);

        await SendAsync(delivery, mailing);
        Assert.Equal(400, delivery.Ledger.Count(mailing.MailingId).Sent);
        Assert.Equal(400, delivery.Received.Count);
    }

    [Fact]
    public async Task A_domain_that_never_recovers_ends_at_the_deadline_with_everybody_tried()
    {
        var relay = new MoodyRelay(_ => Later);
        await using var delivery = DeliveryFixture.Start(relay, _clock);
        var client = delivery.Client with { Mail = new MailSettings { RetryHours = 5 } };
        string[] addresses = [.. Enumerable.Range(0, 100).Select(i => $"r{i}@a.example")];
        var mailing = await delivery.MailingAsync(DeliveryFixture.Source(), client, addresses);
        var start = _clock.Now;

        await SendAsync(delivery, mailing);

        Assert.Equal(100, delivery.Ledger.Count(mailing.MailingId).Failed);
        Assert.InRange(_clock.Now - start, TimeSpan.FromHours(5), TimeSpan.FromHours(5.5));
        Assert.True(relay.AttemptsAt("a.example") >= 100);
    }

    [Fact]
    public async Task A_hold_survives_a_restart()
    {
        var relay = new MoodyRelay(_ => Later);
        var delivery = DeliveryFixture.Start(relay, _clock);
        var mailing = await delivery.MailingAsync(DeliveryFixture.Source(), delivery.Client, [.. Enumerable.Range(0, 100).Select(i => $"r{i}@a.example")]);
        await delivery.SendAsync(mailing);
        var held = delivery.Get<LaneStore>().All();
        await delivery.StopAsync();

        // The sink listens on another port after the restart, so the lane's name is told apart only by its domain.
        var hold = Assert.Single(held);
        Assert.EndsWith("/a.example", hold.Name, StringComparison.Ordinal);
        Assert.Contains("451 4.3.2 try again later", hold.Reason, StringComparison.Ordinal);
        var lane = new RelayLane(hold.Name[..hold.Name.LastIndexOf('/')], held, _clock);
        var admission = lane.Find("new@A.example")!.Admit(waited: false, long.MaxValue);
        Assert.False(admission.Admitted);
        Assert.True(admission.DueAt >= hold.Until);

        // And those who wait keep their times.
        await using var again = DeliveryFixture.Start(relay, _clock, delivery.Folder);
        var attempts = relay.Attempts;
        await again.SendAsync(again.Get<MailingStore>().Find(mailing.MailingId)!);
        Assert.Equal(attempts, relay.Attempts);
    }

    [Fact]
    public async Task A_rate_by_domain_and_one_for_the_relay_are_kept()
    {
        var relay = new MoodyRelay(_ => null);
        await using var delivery = DeliveryFixture.Start(relay, _clock);
        var client = delivery.Client with
        {
            Mail = new MailSettings { Domains = new Dictionary<string, LaneLimits>(StringComparer.Ordinal) { ["Slow.example"] = new() { PerSecond = 10, Connections = 1 } } },
        };
        var mailing = await delivery.MailingAsync(DeliveryFixture.Source(), client,
            [.. Enumerable.Range(0, 300).Select(i => i % 3 == 0 ? $"r{i}@slow.example" : $"r{i}@quick.example")]);
        var start = _clock.Now;

        await delivery.SendAsync(mailing);
        Assert.Equal(200, relay.AttemptsAt("quick.example"));
        Assert.InRange(relay.AttemptsAt("slow.example"), 1, 20);
        await SendAsync(delivery, mailing);

        Assert.Equal(300, delivery.Ledger.Count(mailing.MailingId).Sent);
        Assert.InRange((_clock.Now - start).TotalSeconds, 8.5, 14);
    }

    [Fact]
    public async Task An_operator_holds_a_domain_and_opens_it_again()
    {
        var relay = new MoodyRelay(_ => null);
        await using var delivery = DeliveryFixture.Start(relay, _clock);
        var mailing = await delivery.MailingAsync(DeliveryFixture.Source(), delivery.Client, "a@x.example", "b@y.example");
        await delivery.Get<IDeliveryLanes>().HoldAsync(delivery.Client, "x.example", TimeSpan.FromHours(2), "their postmaster called");

        await delivery.SendAsync(mailing);
        Assert.Equal(0, relay.AttemptsAt("x.example"));
        Assert.Equal(1, relay.AttemptsAt("y.example"));
        Assert.Contains("their postmaster called", Reason(delivery, mailing), StringComparison.Ordinal);

        await delivery.Get<IDeliveryLanes>().HoldAsync(delivery.Client, "x.example", TimeSpan.Zero, "solved");
        await SendAsync(delivery, mailing);
        Assert.Equal(2, delivery.Ledger.Count(mailing.MailingId).Sent);
    }

    [Fact]
    public async Task An_operator_slows_a_domain_down_for_a_time_and_a_restart_keeps_to_it()
    {
        var relay = new MoodyRelay(_ => null);
        await using var delivery = DeliveryFixture.Start(relay, _clock);
        var mailing = await delivery.MailingAsync(DeliveryFixture.Source(), delivery.Client, [.. Enumerable.Range(0, 60).Select(i => $"r{i}@{(i % 2 == 0 ? "slow" : "quick")}.example")]);
        var name = await delivery.Get<IDeliveryLanes>().LimitAsync(delivery.Client, "slow.example", 2, TimeSpan.FromHours(1), "their postmaster called", "olga");
        await delivery.SendAsync(mailing);
        Assert.Equal(30, relay.AttemptsAt("quick.example"));
        Assert.InRange(relay.AttemptsAt("slow.example"), 1, 4);

        var stored = Assert.Single(delivery.Get<LaneLimitStore>().All());
        Assert.Equal((name, 2.0, "olga"), (stored.Name, stored.PerSecond, stored.SetBy));
        var again = new RelayLane(name[..name.LastIndexOf('/')], [], _clock, limits: [stored]).Find("x@slow.example")!;
        Assert.InRange(Enumerable.Range(0, 100).Count(_ => again.Admit(waited: false, long.MaxValue).Admitted), 1, 3);

        Assert.Equal((name, true), await delivery.Get<IDeliveryLanes>().LiftAsync(delivery.Client, "slow.example"));
        Assert.Equal((name, false), await delivery.Get<IDeliveryLanes>().LiftAsync(delivery.Client, "slow.example"));
        await SendAsync(delivery, mailing);
        Assert.Equal(60, delivery.Ledger.Count(mailing.MailingId).Sent);
        Assert.Empty(delivery.Get<LaneLimitStore>().All());
    }

    [Fact]
    public async Task Deferrals_are_counted_by_domain_and_minute()
    {
        var relay = new MoodyRelay(address => address.EndsWith("@a.example", StringComparison.OrdinalIgnoreCase) ? Later : null);
        await using var delivery = DeliveryFixture.Start(relay, _clock);
        var mailing = await delivery.MailingAsync(DeliveryFixture.Source(), delivery.Client, "a@A.example", "b@b.example");
        await delivery.SendAsync(mailing);
        var minute = _clock.Now.ToUnixTimeSeconds() / 60;
        var (client, domain, counts) = Assert.Single(delivery.Get<DeliveryStatistics>().Deferrals.Read(minute, _ => true, 10));
        Assert.Equal((delivery.Client.Id, "a.example", 1, 60), (client, domain, counts[^1], counts.Count));
        Assert.Empty(delivery.Get<DeliveryStatistics>().Deferrals.Read(minute, id => id != delivery.Client.Id, 10));
        Assert.Empty(delivery.Get<DeliveryStatistics>().Deferrals.Read(minute + 60, _ => true, 10));
    }

    /// <summary>Turns of the slice, each at the time the one before it asked for.</summary>
    private async Task<int> SendAsync(DeliveryFixture delivery, MailingRow mailing, Action? before = null)
    {
        for (var turns = 1; ; turns++)
        {
            var result = await delivery.SendAsync(mailing);
            if (result.NextDue is not { } due) return turns;
            before?.Invoke();
            Assert.True(turns < 5_000, "the slice does not come to an end");
            if (Instants.FromMicroseconds(due) is var next && next > _clock.Now) _clock.Now = next;
        }
    }

    private static bool AllDelaysHaveAReason(DeliveryFixture delivery, MailingRow mailing)
    {
        using var connection = delivery.Get<Database>().OpenRead();
        using var statement = new Statement(connection, "SELECT COUNT(*) FROM ledger WHERE mailing_id = $1 AND state = 0 AND due_at > 0 AND reason IS NULL");
        return statement.Scalar(mailing.MailingId) == 0;
    }

    private static string Reason(DeliveryFixture delivery, MailingRow mailing)
    {
        using var connection = delivery.Get<Database>().OpenRead();
        using var statement = new Statement(connection, "SELECT reason FROM ledger WHERE mailing_id = $1 AND state = 0");
        using var reader = statement.Query(mailing.MailingId);
        Assert.True(reader.Read());
        return reader.GetString(0);
    }
}
