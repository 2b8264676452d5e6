using ClosedLoop.Model.Tokens;
using Xunit.Abstractions;

namespace ClosedLoop.Model.Tests.Tokens;

public class AddressTokenTests(ITestOutputHelper output)
{
    private static readonly SigningKeys Keys = new(SigningKey.Create(1));
    private readonly AddressTokenCodec _codec = new(Keys);

    [Fact]
    public void Random_values_come_back_in_any_case()
    {
        var random = Seeded();
        for (var i = 0; i < 20_000; i++)
        {
            var kind = random.Next(2) == 0 ? TrackingTokenKind.Return : TrackingTokenKind.UnsubscribeMail;
            var token = new TrackingToken(kind, random.NextInt64(long.MaxValue) >> random.Next(63), random.NextInt64(long.MaxValue) >> random.Next(63));
            var text = _codec.ToString(kind, token.MailingId, token.RecipientSequence);
            Assert.True(_codec.TryRead(text, out var read));
            Assert.Equal(token, read);
            Assert.True(_codec.TryRead(text.ToUpperInvariant(), out read));
            Assert.Equal(token, read);
        }
    }

    [Fact]
    public void The_longest_fits_a_local_part_of_64_octets()
    {
        var text = _codec.ToString(TrackingTokenKind.Return, long.MaxValue, long.MaxValue);
        Assert.Equal(AddressTokenCodec.MaxLength, text.Length);
        Assert.InRange(text.Length, 50, 64);
        Assert.Matches("^b-[a-z2-7]+$", text);
        Assert.True(_codec.TryRead(text, out _));
    }

    [Fact]
    public void Altered_addresses_are_refused()
    {
        var random = Seeded();
        var text = _codec.ToString(TrackingTokenKind.Return, 71000000123, 901);
        for (var i = 0; i < 200_000; i++)
        {
            var altered = text.ToCharArray();
            altered[random.Next(altered.Length)] = "abcdefghijklmnopqrstuvwxyz234567"[random.Next(32)];
            if (!altered.AsSpan().SequenceEqual(text))
                Assert.False(_codec.TryRead(altered, out _), new string(altered));
        }
        for (var length = 0; length < text.Length; length++)
            Assert.False(_codec.TryRead(text.AsSpan(0, length), out _));
        foreach (var suffix in new[] { "a", "=", "aa", " ", "a".PadRight(40, 'a') })
            Assert.False(_codec.TryRead(text + suffix, out _));
    }

    [Fact]
    public void A_return_address_does_not_unsubscribe()
    {
        var text = _codec.ToString(TrackingTokenKind.Return, 1, 2);
        Assert.False(_codec.TryRead("u" + text[1..], out _));
        Assert.Throws<ArgumentException>(() => _codec.ToString(TrackingTokenKind.Open, 1, 2));
    }

    [Fact]
    public void A_link_token_is_not_an_address_and_an_address_is_not_a_link()
    {
        var links = new TrackingTokenCodec(Keys);
        Assert.False(links.TryRead(_codec.ToString(TrackingTokenKind.Return, 1, 2).AsSpan(2), out _));
        Assert.False(_codec.TryRead("b-" + links.ToString(new TrackingToken(TrackingTokenKind.Open, 1, 2)), out _));
    }

    private Random Seeded()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        return new Random(seed);
    }
}
