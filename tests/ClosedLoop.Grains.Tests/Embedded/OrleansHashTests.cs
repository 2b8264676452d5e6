using System.Text;

namespace ClosedLoop.Grains.Tests;

public sealed class OrleansHashTests
{
    // Published XXH32 values, seed 0.
    [Theory]
    [InlineData("", 0x02CC5D05u)]
    [InlineData("a", 0x550D7456u)]
    [InlineData("abc", 0x32D153FFu)]
    [InlineData("Nobody inspects the spammish repetition", 0xE2293B2Fu)]
    public void XXH32_gives_the_published_values(string text, uint expected) =>
        Assert.Equal(expected, OrleansHash.XxHash32(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void The_column_holds_the_digest_with_its_bytes_turned_round() => Assert.Equal(0xFF53D132u, OrleansHash.Of("abc"));

    [Theory]
    [InlineData("some key", 0L, 0L, "some key")]
    [InlineData("12", 0L, 0x12L, null)]
    [InlineData("beef+x", 0L, 0xBEEFL, "x")]
    [InlineData("client-7", 0L, 0L, "client-7")]
    [InlineData("0123456789abcdef0123456789abcdef", unchecked((long)0xCDEF89AB01234567), unchecked((long)0xEFCDAB8967452301), null)]
    public void A_key_that_reads_as_a_number_or_a_GUID_is_stored_as_one(string key, long n0, long n1, string? extension)
    {
        var columns = OrleansStorageKey.Of("state", new GrainId("type", key));
        Assert.Equal((n0, n1, extension), (columns.N0, columns.N1, columns.ExtensionString));
    }
}
