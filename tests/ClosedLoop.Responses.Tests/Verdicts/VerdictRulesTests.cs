using System.Net;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Verdicts;
using ClosedLoop.Responses.Verdicts;

namespace ClosedLoop.Responses.Tests.Verdicts;

public class VerdictRulesTests
{
    private const long Second = 1_000_000;

    [Fact]
    public void Events_further_away_than_the_window_have_no_influence()
    {
        JudgedEvent click = new(TrackedEventKind.Click, 1, 1_000 * Second, EventSigns.None);
        JudgedEvent before = new(TrackedEventKind.Open, 0, click.OccurredAt - VerdictRules.Window, EventSigns.None);
        Assert.Equal(EventSigns.OpenedBefore, VerdictRules.Judge(click, null, [before, click]).Signs);
        Assert.Equal(EventSigns.None, VerdictRules.Judge(click, null, [before with { OccurredAt = before.OccurredAt - 1 }, click]).Signs);
    }

    [Fact]
    public void What_people_did_with_an_earlier_sending_is_no_scan_before_the_hand_over_of_a_resend()
    {
        JudgedEvent click = new(TrackedEventKind.Click, 1, 1_000 * Second, EventSigns.None);
        Assert.Equal(EventVerdict.Scanner, VerdictRules.Judge(click, click.OccurredAt + VerdictRules.Window, [click]).Verdict);
        Assert.Equal(new Judgement(EventVerdict.Human, 0, EventSigns.None), VerdictRules.Judge(click, click.OccurredAt + VerdictRules.Window + 1, [click]));
    }

    [Fact]
    public void Scores_stay_between_0_and_100_and_the_verdict_follows_from_them()
    {
        var random = new Random(22);
        for (var i = 0; i < 5_000; i++)
        {
            var recipient = new JudgedEvent[random.Next(1, 8)];
            for (var n = 0; n < recipient.Length; n++)
                recipient[n] = new JudgedEvent(random.Next(2) == 0 ? TrackedEventKind.Open : TrackedEventKind.Click, random.Next(100), (1_000 + random.Next(5)) * Second, (EventSigns)random.Next(1 << 10));
            var judged = VerdictRules.Judge(recipient[0], (995 + random.Next(10)) * Second, recipient);
            Assert.InRange(judged.Score, 0, 100);
            Assert.Equal(judged.Score >= VerdictRules.Threshold, judged.Verdict != EventVerdict.Human);
            Assert.Equal(recipient[0].Seen, judged.Signs & EventSigns.Seen);
        }
    }

    [Fact]
    public void Every_sign_has_a_word_of_its_own()
    {
        var signs = Enum.GetValues<EventSigns>().Where(sign => sign is not (EventSigns.None or EventSigns.Seen)).ToList();
        Assert.Equal(signs.Count, signs.SelectMany(sign => VerdictWords.Of(sign)).Distinct().Count());
        Assert.Equal("scanner 90: soon, many-links", VerdictWords.Line(EventVerdict.Scanner, 90, EventSigns.Soon | EventSigns.ManyLinks));
    }

    [Theory]
    [InlineData("203.0.113.9", true)]
    [InlineData("2001:db8::9", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("192.168.7.7", false)]
    [InlineData("fd00::1", false)]
    public void Crowd_is_eight_recipients_in_one_second_from_one_public_address(string address, bool noticed)
    {
        var crowd = new Crowd();
        TrackedEvent Of(long sequence, long at) => new(TrackedEventKind.Open, 1, sequence, 0, at, "", IPAddress.Parse(address));
        for (var i = 1; i < Crowd.Many; i++) Assert.False(crowd.Notices(Of(i, i)));
        Assert.False(crowd.Notices(Of(1, 10)));
        Assert.Equal(noticed, crowd.Notices(Of(Crowd.Many, 20)));
        Assert.False(crowd.Notices(Of(99, Second)));
    }
}
