using System.Security.Cryptography;
using System.Text;
using ClosedLoop.Model.Tokens;
using Xunit.Abstractions;

namespace ClosedLoop.Model.Tests.Tokens;

public class TrackingTokenTests(ITestOutputHelper output)
{
    private static readonly SigningKey Key = SigningKey.Create(7);
    private readonly TrackingTokenCodec _codec = new(new SigningKeys(Key));

    [Fact]
    public void Random_values_come_back()
    {
        var random = Seeded();
        for (var i = 0; i < 20_000; i++)
        {
            var token = RandomToken(random);
            Assert.True(_codec.TryRead(_codec.ToString(token), token.Kind, out var read));
            Assert.Equal(token, read);
        }
    }

    [Fact]
    public void A_million_altered_tokens_are_all_refused()
    {
        var random = Seeded();
        var tokens = Enumerable.Range(0, 1000).Select(_ => _codec.ToString(RandomToken(random))).ToArray();
        var accepted = 0;
        Span<char> altered = stackalloc char[2048];
        for (var i = 0; i < 1_000_000; i++)
        {
            var original = tokens[i % tokens.Length];
            var length = Alter(original, altered, random);
            if (!altered[..length].SequenceEqual(original) && _codec.TryRead(altered[..length], out _))
                accepted++;
        }
        Assert.Equal(0, accepted);
    }

    [Fact]
    public void Every_single_bit_counts()
    {
        var text = _codec.ToString(new TrackingToken(TrackingTokenKind.Click, 71000000123, 901, 3, "https://shop.example.org/a?b=1"));
        for (var position = 0; position < text.Length; position++)
        {
            foreach (var c in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=% .\n")
            {
                var altered = text.ToCharArray();
                altered[position] = c;
                Assert.Equal(c == text[position], _codec.TryRead(altered, out _));
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("AA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("../../etc/passwd")]
    [InlineData("äöü")]
    public void Text_that_never_was_a_token_is_refused(string text) => Assert.False(_codec.TryRead(text, out _));

    [Fact]
    public void Padding_and_white_space_are_not_another_spelling()
    {
        var text = _codec.ToString(new TrackingToken(TrackingTokenKind.Open, 1, 2));
        foreach (var other in new[] { text + "=", text + "==", " " + text, text + "\n", text[..4] + " " + text[4..] })
            Assert.False(_codec.TryRead(other, out _), other);
    }

    [Fact]
    public void A_token_of_one_kind_is_refused_as_another()
    {
        var open = _codec.ToString(new TrackingToken(TrackingTokenKind.Open, 5, 6));
        Assert.True(_codec.TryRead(open, TrackingTokenKind.Open, out _));
        Assert.False(_codec.TryRead(open, TrackingTokenKind.Click, out var refused));
        Assert.False(_codec.TryRead(open, TrackingTokenKind.Unsubscribe, out _));
        Assert.Equal(default, refused);
    }

    [Fact]
    public void A_kind_changed_without_the_key_breaks_the_signature()
    {
        Span<byte> raw = stackalloc byte[64];
        Assert.True(System.Buffers.Text.Base64Url.TryDecodeFromChars(_codec.ToString(new TrackingToken(TrackingTokenKind.Open, 5, 6)), raw, out var length));
        raw[0] = (byte)((raw[0] & 0xF0) | (int)TrackingTokenKind.Unsubscribe);
        Assert.False(_codec.TryRead(System.Buffers.Text.Base64Url.EncodeToString(raw[..length]), out _));
    }

    [Fact]
    public void An_older_key_still_reads_and_a_withdrawn_one_does_not()
    {
        var text = _codec.ToString(new TrackingToken(TrackingTokenKind.Open, 5, 6));
        var current = SigningKey.Create(8);
        Assert.True(new TrackingTokenCodec(new SigningKeys(current, Key)).TryRead(text, out _));
        Assert.False(new TrackingTokenCodec(new SigningKeys(current)).TryRead(text, out _));
        Assert.False(new TrackingTokenCodec(new SigningKeys(SigningKey.Create(7))).TryRead(text, out _));
    }

    [Fact]
    public void Two_keys_of_one_id_are_refused() =>
        Assert.Contains("id 7", Assert.Throws<ArgumentException>(() => new SigningKeys(Key, SigningKey.Create(7))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_short_secret_is_refused() =>
        Assert.Contains("31 bytes", Assert.Throws<ArgumentException>(() => new SigningKey(1, new byte[31])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("https://shop.example.org", true)]
    [InlineData("HTTP://shop.example.org:8080/x?y=1#z", true)]
    [InlineData("https://münchen.example/straße?q=ü", true)]
    [InlineData("http://[2001:db8::1]/", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("data:text/html,x", false)]
    [InlineData("//evil.example/", false)]
    [InlineData("/relative", false)]
    [InlineData("https://", false)]
    [InlineData("https:///path", false)]
    [InlineData("https://:80/", false)]
    [InlineData("https:\\\\evil.example", false)]
    [InlineData("https://a\\@evil.example", false)]
    [InlineData("https://a.example/ b", false)]
    [InlineData("https://a.example/\r\nSet-Cookie:x", false)]
    public void Only_plain_http_targets_are_written(string target, bool accepted)
    {
        var bytes = Encoding.UTF8.GetBytes(target);
        var destination = new byte[TrackingTokenCodec.MaxLength(bytes.Length)];
        if (accepted)
            Assert.True(_codec.WriteClick(destination, 1, 2, 3, bytes) > 0);
        else
            Assert.Throws<ArgumentException>(() => _codec.WriteClick(destination, 1, 2, 3, bytes));
    }

    [Fact]
    public void A_target_one_byte_too_long_is_refused_and_the_longest_is_read()
    {
        var longest = "https://a.example/".PadRight(TrackingTokenCodec.MaxTargetLength, 'x');
        var token = new TrackingToken(TrackingTokenKind.Click, long.MaxValue, long.MaxValue, int.MaxValue, longest);
        var text = _codec.ToString(token);
        Assert.InRange(text.Length, TrackingTokenCodec.MaxTokenLength - 4, TrackingTokenCodec.MaxTokenLength);
        Assert.True(_codec.TryRead(text, out var read));
        Assert.Equal(token, read);
        Assert.Throws<ArgumentException>(() => _codec.ToString(token with { Target = longest + "x" }));
        Assert.False(_codec.TryRead(new string('A', TrackingTokenCodec.MaxTokenLength + 1), out _));
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        var destination = new byte[TrackingTokenCodec.MaxLength(64)];
        var target = "https://shop.example.org/imprint?k=501"u8.ToArray();
        _ = _codec.WriteClick(destination, 1, 2, 3, target);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            _ = _codec.WriteClick(destination, 71000000123, i, 3, target);
            _ = _codec.Write(destination, TrackingTokenKind.Open, 71000000123, i);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static int Alter(string original, Span<char> altered, Random random)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        original.CopyTo(altered);
        var length = original.Length;
        switch (random.Next(4))
        {
            case 0:
                return random.Next(length);
            case 1:
                altered[length] = Alphabet[random.Next(64)];
                return length + 1;
            case 2:
                var a = random.Next(length);
                var b = random.Next(length);
                (altered[a], altered[b]) = (altered[b], altered[a]);
                return length;
            default:
                for (var changes = random.Next(1, 4); changes > 0; changes--)
                    altered[random.Next(length)] = Alphabet[random.Next(64)];
                return length;
        }
    }

    private static TrackingToken RandomToken(Random random)
    {
        var kind = (TrackingTokenKind)random.Next(1, 4);
        var mailing = random.NextInt64(long.MaxValue) >> random.Next(63);
        var sequence = random.NextInt64(long.MaxValue) >> random.Next(63);
        return kind == TrackingTokenKind.Click
            ? new TrackingToken(kind, mailing, sequence, random.Next() >> random.Next(31), "https://x.example/" + Convert.ToHexString(RandomNumberGenerator.GetBytes(random.Next(40))))
            : new TrackingToken(kind, mailing, sequence);
    }

    private Random Seeded()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        return new Random(seed);
    }
}
