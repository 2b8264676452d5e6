using ClosedLoop.Mail.Bounces;

namespace ClosedLoop.Mail.Tests.Bounces;

public sealed class VocabularyTests
{
    [Theory]
    [InlineData("Mailbox unknown", true)]
    [InlineData("unknown mailbox", true)]
    [InlineData("The mailbox you wrote to does not exist", true)]
    [InlineData("mailbox is fine. The host is unknown", false)]
    [InlineData("sender address unknown", false)]
    [InlineData("your ip address is unknown", false)]
    [InlineData("Postfach unbekannt", true)]
    [InlineData("boîte inexistante", true)]
    [InlineData("boite inexistante", true)]
    [InlineData("該当する宛先は見つかりません", true)]
    [InlineData("superuser unknown", false)]
    public void Noun_and_predicate_of_one_sentence_tell_a_missing_mailbox(string text, bool expected) =>
        Assert.Equal(expected, Vocabularies.SayGone(TextFold.Fold(text)));

    [Fact]
    public void Folding_keeps_positions()
    {
        const string Text = "Größe ÜBER İstanbul naïve `x` ящик ガ";

        Assert.Equal(Text.Length, TextFold.Fold(Text).Length);
        Assert.Equal("grose uber istanbul naive 'x' ящик ガ", TextFold.Fold(Text));
    }

    [Fact]
    public void A_text_of_one_noun_is_looked_at_fifty_times() =>
        Assert.Equal((true, false), (Vocabularies.SayGone(string.Concat(Enumerable.Repeat(new string('x', 200) + " mailbox ", 49)) + "unknown"), Vocabularies.SayGone(string.Concat(Enumerable.Repeat(new string('x', 200) + " mailbox ", 51)) + "unknown")));
}
