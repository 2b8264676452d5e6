using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Optimove;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Optimove;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Data.Tests.Optimove;

/// <summary>A push to people with several devices: each device is a recipient of its own, claimed and recorded by itself, and together they are one customer.</summary>
public sealed class SeveralDevicesTests : OneDatabaseTests
{
    private const int Channel = 505;

    private long _mailing;

    private FeedStore Feed => new(Test.Database, Test.Writer, Test.Clock);

    private ProfileStore Profiles => new(Test.Database, Test.Writer, Test.Clock);

    [Theory, OnSqlite, OnPostgres]
    public async Task Sent_when_one_device_took_it_whichever_and_told_once(DatabaseKind kind)
    {
        await PlannedAsync(kind, ("ada", 3), ("ben", 1));
        await SettleAsync(0, RecipientState.Failed, ResponseCategory.FatalBounce, code: 404);
        Assert.Empty(News());
        await SettleAsync(2, RecipientState.Sent);
        await SettleAsync(1, RecipientState.Sent);
        await SettleAsync(3, RecipientState.Sent);
        Assert.Equal([("ada", InteractionKind.Sent), ("ada", InteractionKind.Sent), ("ben", InteractionKind.Sent)], News().Select(Short).Order());

        // Taken over, each is there once; the dead device is no bounce of somebody who has the message.
        var mailing = Assert.Single(Feed.Open(TestDatabase.ClientId));
        await Feed.TakeAsync(TestDatabase.ClientId, mailing, Feed.Outcomes(TestDatabase.ClientId, mailing), (_, _) => { });
        Assert.Equal(2, Test.Scalar("SELECT COUNT(*) FROM optimove_interaction"));
        Assert.Empty(Feed.Bounces(TestDatabase.ClientId, 0));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Failed_when_all_refuse_for_good(DatabaseKind kind)
    {
        await PlannedAsync(kind, ("ada", 2), ("ben", 2));
        await SettleAsync(0, RecipientState.Failed, ResponseCategory.FatalBounce, code: 404);
        Assert.Empty(Feed.Bounces(TestDatabase.ClientId, 0));
        await SettleAsync(1, RecipientState.Failed, ResponseCategory.FatalBounce, code: 410);
        Assert.Equal(["ada", "ada"], Feed.Bounces(TestDatabase.ClientId, 0).Select(news => news.Interaction.Customer));

        // Without a provider's refusal it is a message dropped.
        await Test.Ledger.RecordAsync([Outcome(2, RecipientState.Suppressed) with { Unclaimed = true }]);
        Assert.DoesNotContain(News(), news => news.Interaction.Customer == "ben");
        await Test.Ledger.RecordAsync([Outcome(3, RecipientState.Suppressed) with { Unclaimed = true }]);
        Assert.Contains(News(), news => Short(news) == ("ben", InteractionKind.Dropped));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task In_doubt_while_none_took_it_and_one_may_have(DatabaseKind kind)
    {
        await PlannedAsync(kind, ("ada", 2));
        await SettleAsync(0, RecipientState.Unknown);
        await SettleAsync(1, RecipientState.Failed, ResponseCategory.FatalBounce, code: 404);
        Assert.Empty(News());
        Assert.Empty(Feed.Bounces(TestDatabase.ClientId, 0));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task After_a_crash_only_devices_that_have_not_taken_it_are_asked_again(DatabaseKind kind)
    {
        await PlannedAsync(kind, ("ada", 4));
        await SettleAsync(0, RecipientState.Sent);
        await Test.Ledger.ClaimAsync(_mailing, [1, 2]);
        await Test.Ledger.RecordAsync([Outcome(2, RecipientState.Waiting) with { DueAt = Test.Now + 60_000_000 }]);

        // kill -9 here: of the second device nobody knows whether it rang.
        await Test.RestartAsync();
        var hold = await Test.Ledger.TakeAsync(_mailing, 0, 1000, UnknownPolicy.Hold);
        Assert.Equal(1, hold.InDoubt);
        Assert.Equal([3], Due());
        Test.Clock.Now = Test.Clock.Now.AddMinutes(2);
        Assert.Equal([2, 3], Due());
        var claimed = await Test.Ledger.ClaimAsync(_mailing, [2, 3, 0], content: null, hold);
        Assert.Equal([true, true, false], claimed);
        Assert.Equal(("ada", InteractionKind.Sent), Short(Assert.Single(News())));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Opens_and_clicks_on_any_device_are_the_customers(DatabaseKind kind)
    {
        await PlannedAsync(kind, ("ada", 3), ("ben", 1));
        await Test.Writer.WriteAsync(context => context.Execute(
            "INSERT INTO event (kind, client_id, mailing_id, sequence, link_ordinal, automated, occurred_at, recorded) VALUES (2, $1, $2, 2, 1, 0, $3, $4)", TestDatabase.ClientId, _mailing, Test.Now, context.Stamp));
        Assert.Equal(("ada", InteractionKind.Clicked), Short(Assert.Single(Feed.Events(TestDatabase.ClientId, 0))));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Opting_out_reaches_every_device_that_waits(DatabaseKind kind)
    {
        await PlannedAsync(kind, ("ada", 3), ("ben", 2));
        await SettleAsync(0, RecipientState.Sent);
        await Profiles.SaveAsync(TestDatabase.ClientId, [new Profile { ExternalId = "ada", PushConsent = Consent.OptedOut }]);
        var counts = Test.Ledger.Count(_mailing);
        Assert.Equal((1, 2, 2), (counts.Sent, counts.Suppressed, counts.Waiting));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_dead_token_is_retired_and_planned_with_no_more(DatabaseKind kind)
    {
        await PlannedAsync(kind, ("ada", 2));
        await Profiles.AddDeviceAsync(TestDatabase.ClientId, "ada", new PushAddress(PushPlatform.Fcm, "ada-0"));
        await Profiles.AddDeviceAsync(TestDatabase.ClientId, "ada", new PushAddress(PushPlatform.Fcm, "ada-1"));
        await Test.Ledger.ClaimAsync(_mailing, [0]);
        await Test.Ledger.RecordAsync([Outcome(0, RecipientState.Failed) with { Address = "fcm:ada-0", Retired = true, Response = ResponseCategory.FatalBounce }]);
        Assert.Equal([("ada-1", "fcm")], Profiles.Devices(TestDatabase.ClientId, "ada"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_device_belongs_to_the_last_who_signed_in_and_is_there_once(DatabaseKind kind)
    {
        Test = new TestDatabase(kind);
        var token = new string('a', 64);
        await Profiles.AddDeviceAsync(TestDatabase.ClientId, "ada", PushAddress.TryNormalise(PushPlatform.Apns, token)!.Value);
        await Test.Writer.WriteAsync(context => context.Execute(
            "INSERT INTO profile_device (client_id, external_id, token, platform, recorded) VALUES ($1, 'ada', $2, 'apns', 1)", TestDatabase.ClientId, token.ToUpperInvariant()));
        Assert.Equal([(token, "apns")], Profiles.Devices(TestDatabase.ClientId, "ada"));
        await Profiles.AddDeviceAsync(TestDatabase.ClientId, "eve", PushAddress.TryNormalise(PushPlatform.Apns, token.ToUpperInvariant())!.Value);
        Assert.Equal([(token, "apns")], Profiles.Devices(TestDatabase.ClientId, "eve"));
        Assert.Null(PushAddress.TryNormalise(PushPlatform.Apns, "no-token"));
    }

    private static (string Customer, InteractionKind Kind) Short(MessageNews news) => (news.Interaction.Customer, news.Kind);

    private IReadOnlyList<MessageNews> News() => [.. Feed.Outcomes(TestDatabase.ClientId, Assert.Single(Feed.Open(TestDatabase.ClientId))).Where(news => (int)news.Kind >= 0)];

    private IEnumerable<int> Due() => Test.Ledger.ReadDue(_mailing, TestDatabase.ClientId, 0, 1000, Test.Now, 100, new BounceSettings()).Select(due => due.Sequence);

    private SendOutcome Outcome(int sequence, RecipientState state) => new()
    {
        MailingId = _mailing,
        ClientId = TestDatabase.ClientId,
        Sequence = sequence,
        Address = $"fcm:device-{sequence}",
        State = state,
        DoneAt = Test.Now,
        Reason = "test",
    };

    private async Task SettleAsync(int sequence, RecipientState state, ResponseCategory? response = null, int code = 0)
    {
        await Test.Ledger.ClaimAsync(_mailing, [sequence]);
        await Test.Ledger.RecordAsync([Outcome(sequence, state) with { Response = response, ReplyCode = code }]);
    }

    /// <summary>A campaign of push that is being sent, planned with these customers and as many devices.</summary>
    private async Task PlannedAsync(DatabaseKind kind, params (string Customer, int Devices)[] customers)
    {
        Test = new TestDatabase(kind);
        var campaigns = new CampaignStore(Test.Database, Test.Writer, Test.Clock);
        await Test.Writer.WriteAsync(context => context.Execute(
            "INSERT INTO optimove_campaign (client_id, campaign, channel_id, label, state, first_at, changed_at) VALUES ($1, 'c1', $2, 'C1', $3, 1, 1)", TestDatabase.ClientId, Channel, (int)CampaignState.Fetching));
        var row = campaigns.Find(TestDatabase.ClientId, "c1", Channel)!;
        Assert.True(await campaigns.PlanAsync(row, [.. customers.Select(customer => new PlannedCustomer
        {
            Customer = customer.Customer,
            TemplateId = 1,
            State = SendState.Planned,
            DueAt = 0,
            Source = (7, 1, "push"),
            Channel = MessageChannel.Push,
            Addresses = [.. Enumerable.Range(0, customer.Devices).Select(i => $"fcm:{customer.Customer}-{i}")],
            Fields = [0],
        })], clientVersion: 1));
        Assert.True(await campaigns.PublishAsync(row));
        _mailing = Test.Scalar("SELECT mailing_id FROM optimove_mailing");
        Assert.True(await Test.Mailings.MoveAsync(_mailing, MailingState.Sending, MailingState.Prepared));
    }
}
