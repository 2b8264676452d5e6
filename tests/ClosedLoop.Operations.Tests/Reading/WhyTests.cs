using ClosedLoop.Data.Delivery;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Tests.Reading;

/// <summary>The sentence that says why a message is where it is, on the dashboard, in the API and on the command line.</summary>
public sealed class WhyTests
{
    private const long Now = 1_772_442_000_000_000;

    private static readonly MailingRow Mailing = new()
    {
        MailingId = 71,
        CampaignId = 1,
        ListId = 1,
        ClientId = 9,
        ClientVersion = 1,
        SourceId = 7,
        SourceVersion = 1,
        FileId = 1,
        Name = "Spring",
        State = MailingState.Sending,
        RecipientBase = 1,
        LinkBase = 1,
        Accepted = 1,
        CreatedAt = 1,
    };

    private static readonly Standing Clear = new(9, "oak", [], 0, 0, 1, 3, Untracked: false);

    private static readonly SuppressionLine Unsubscribed = new("unsubscribed", "link", Now, 70);

    private static readonly SuppressionLine Blocked = new("blocked", "wish", 0, MailingId: null, "*@example.org");

    [Theory]
    [InlineData("oak/relay.example:25", true)]
    [InlineData("oak/relay.example:25/example.org", true)]
    [InlineData("oak/relay.example:25/other.example", false)]
    [InlineData("elm/relay.example:25", false)]
    [InlineData("oak/sms-twilio", false)]
    public void Whoever_waits_for_a_lane_is_told_which(string lane, bool told)
    {
        var text = Of(Facts(RecipientState.Waiting), new LaneHold(lane, Now + 60_000_000, 1, "421 later", ByOperator: false));
        Assert.Equal(told ? $"Waits: lane {lane} is held until 2026-03-02 09:01:00 UTC (421 later)." : "Waits for its turn.", text);
    }

    [Fact]
    public void A_hold_that_is_over_holds_nobody() => Assert.Equal("Waits for its turn.", Of(Facts(RecipientState.Waiting), new LaneHold("oak/relay.example:25", Now, 1, "421", ByOperator: false)));

    [Fact]
    public void Only_what_the_outcome_names_is_given_as_its_origin()
    {
        var both = Clear with { Suppressions = [Unsubscribed, Blocked] };
        Assert.Equal(
            "Not sent on 2026-03-02 09:00:00 UTC: W208 unsubscribed. Unsubscribed since 2026-03-02 09:00:00 UTC by link, from mailing 70.",
            Of(Facts(RecipientState.Suppressed, "W208 unsubscribed") with { DoneAt = Now, Standing = both }));
        Assert.Equal("Not sent: W207 blocked. Blocked by pattern *@example.org (wish).", Of(Facts(RecipientState.Suppressed, "W207 blocked") with { Standing = both }));
        Assert.Equal("Not sent: W209 bounced. Bounces counted: 1 hard (limit 1), 0 soft (limit 3).", Of(Facts(RecipientState.Suppressed, "W209 bounced") with { Standing = Clear with { Hard = 1 } }));
        Assert.EndsWith("no longer on record: mail would be sent now.", Of(Facts(RecipientState.Suppressed, "W208 unsubscribed")), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_an_erased_person_nothing_more_is_said() => Assert.Equal("Not sent: W210 erased.", Of(Facts(RecipientState.Suppressed, "W210 erased")));

    [Theory]
    [InlineData(MailingState.Paused, "Waits: the mailing is paused.")]
    [InlineData(MailingState.Queued, "Waits: the mailing starts on 2026-03-02 09:01:00 UTC.")]
    [InlineData(MailingState.Sending, "Waits until 2026-03-02 09:02:00 UTC: 450 later.")]
    public void Waiting_is_explained_by_the_mailing_first(MailingState state, string text) => Assert.Equal(
        text, Of(Facts(RecipientState.Waiting, "450 later.") with { Mailing = Mailing with { State = state, StartAt = Now + 60_000_000 }, DueAt = Now + 120_000_000 }));

    private static WhyFacts Facts(RecipientState state, string? reason = null) => new(Mailing, state, "ann@example.org", 0, DoneAt: null, ReplyCode: null, reason, Clear);

    private static string Of(WhyFacts facts, params LaneHold[] lanes) => Why.Of(facts, () => lanes, Now);
}
