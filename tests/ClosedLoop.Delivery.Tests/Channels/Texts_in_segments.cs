using ClosedLoop.Delivery.Channels.Sms;

namespace ClosedLoop.Delivery.Tests.Channels;

public sealed class Texts_in_segments
{
    [Theory]
    [InlineData("", 1)]
    [InlineData("Hello", 1)]
    public void A_short_text_is_one(string text, int segments) => Assert.Equal(segments, SmsCoding.CountSegments(text));

    [Theory]
    [InlineData('a', 160, 1)]
    [InlineData('a', 161, 2)]
    [InlineData('a', 306, 2)]
    [InlineData('a', 307, 3)]
    [InlineData('€', 80, 1)]
    [InlineData('€', 81, 2)]
    [InlineData('ж', 70, 1)]
    [InlineData('ж', 71, 2)]
    [InlineData('ж', 134, 2)]
    [InlineData('ж', 135, 3)]
    public void Limits_are_those_of_the_alphabet(char c, int length, int segments) => Assert.Equal(segments, SmsCoding.CountSegments(new string(c, length)));

    [Fact]
    public void An_escape_is_not_cut_from_its_character()
    {
        var body = SmsCoding.Encode(new string('a', 152) + "€" + new string('b', 50));
        Assert.Equal([152, 52], body.Segments.Select(segment => segment.Length));
        Assert.Equal(new string('a', 152), SmsCoding.Decode(body.Alphabet, body.Segments[0]));
        Assert.StartsWith("€b", SmsCoding.Decode(body.Alphabet, body.Segments[1]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_surrogate_pair_is_not_cut()
    {
        var body = SmsCoding.Encode(new string('ж', 66) + "😀" + new string('ж', 10));
        Assert.Equal([132, 24], body.Segments.Select(segment => segment.Length));
    }

    [Fact]
    public void One_character_beyond_the_alphabet_makes_all_of_it_ucs2() => Assert.Equal(SmsAlphabet.Ucs2, SmsCoding.Encode("“quoted”").Alphabet);

    /// <summary>The table of TS 23.038 has 127 characters besides the escape, and ten more behind it.</summary>
    [Fact]
    public void Every_character_of_the_alphabet_comes_back()
    {
        const string All = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€\f";
        Assert.Equal(137, All.Length);
        var body = SmsCoding.Encode(All);
        Assert.Equal(SmsAlphabet.Gsm7, body.Alphabet);
        Assert.Equal(All, SmsCoding.Decode(SmsAlphabet.Gsm7, Assert.Single(body.Segments)));
        Assert.Equal(0x61, SmsCoding.Encode("a").Segments[0][0]);
        Assert.Equal(0x00, SmsCoding.Encode("@").Segments[0][0]);
        Assert.Equal([0x1B, 0x65], SmsCoding.Encode("€").Segments[0]);
    }

    [Fact]
    public void Any_text_comes_back_from_its_segments()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var i = 0; i < 300; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(0, 500)).Select(_ => random.Next(20) switch { 0 => "€", 1 when i % 3 == 0 => "😀", 2 when i % 2 == 0 => "ж", _ => ((char)random.Next('a', 'z')).ToString() }));
            var body = SmsCoding.Encode(text);
            Assert.True(text == string.Concat(body.Segments.Select(segment => SmsCoding.Decode(body.Alphabet, segment))), $"seed {seed}, text {i}");
            Assert.All(body.Segments, segment => Assert.True(segment.Length <= (body.Alphabet == SmsAlphabet.Gsm7 ? 160 : 140), $"seed {seed}, text {i}"));
        }
    }
}
