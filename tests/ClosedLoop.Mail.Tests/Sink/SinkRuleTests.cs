using ClosedLoop.Mail.Sink;

namespace ClosedLoop.Mail.Tests.Sink;

public sealed class SinkRuleTests
{
    [Theory]
    [InlineData("bad=refuse,550 5.1.1 no, none", "bad", SinkDeed.Refuse, "550 5.1.1 no, none", 0)]
    [InlineData("shut=refuse-and-close,421 4.3.2 bye", "shut", SinkDeed.RefuseAndClose, "421 4.3.2 bye", 0)]
    [InlineData("spam=refuse-text,554 5.7.1 spam", "spam", SinkDeed.RefuseText, "554 5.7.1 spam", 0)]
    [InlineData("cut=drop-after-dot", "cut", SinkDeed.DropAfterDot, "", 0)]
    [InlineData("slow=delay-text,500", "slow", SinkDeed.DelayText, "", 500)]
    [InlineData("drip=drip,20", "drip", SinkDeed.Drip, "", 20)]
    public void Rule_is_read(string text, string name, SinkDeed deed, string reply, int milliseconds) =>
        Assert.Equal(new SinkRule(name, deed, reply, TimeSpan.FromMilliseconds(milliseconds)), SinkRule.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("=refuse,550 5.1.1 no")]
    [InlineData("bad=")]
    [InlineData("bad=explode")]
    [InlineData("bad=0,550 5.1.1 no")]
    [InlineData("bad=refuse")]
    [InlineData("bad=refuse,250 fine")]
    [InlineData("bad=refuse,550\r\n250 fine")]
    [InlineData("slow=delay")]
    [InlineData("slow=delay,-1")]
    [InlineData("cut=drop-after-dot,1")]
    public void Rule_that_cannot_be_kept_is_refused(string text) =>
        Assert.Equal(MailErrors.Option, Assert.Throws<MailFormatException>(() => SinkRule.Parse(text)).Code);

    [Fact]
    public void Rules_put_first_go_before_the_built_in_ones()
    {
        var script = SinkScript.Standard.With([new SinkRule("hard", SinkDeed.DropAfterDot)]);

        Assert.Equal((SinkDeed.DropAfterDot, SinkDeed.Refuse, null), (script.For("hard.1@x.org")!.Deed, script.For("full@x.org")!.Deed, script.For("ann@x.org")));
    }
}
