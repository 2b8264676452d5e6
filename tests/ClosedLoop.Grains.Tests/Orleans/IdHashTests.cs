extern alias embedded;

using System.Text;
using OrleansHash = embedded::ClosedLoop.Grains.Embedded.OrleansHash;

namespace ClosedLoop.Grains.Tests;

public sealed class IdHashTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("mailing")]
    [InlineData("exactly16bytes!!")]
    [InlineData("a key of more than sixteen bytes, with ünïcode and a / slash")]
    public void The_hash_of_bytes_is_that_of_Orleans(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Assert.Equal(new OrleansDefaultHasher().Hash(bytes), unchecked((int)OrleansHash.Of(bytes)));
    }

    [Theory]
    [InlineData("mailing", "4711")]
    [InlineData("recipientbatch", "4711/12")]
    [InlineData("client", "ümlaut & co")]
    public void The_hash_of_a_grain_id_is_that_of_Orleans(string type, string key) => Assert.Equal(
        GrainId.Create(type, key).GetUniformHashCode(), OrleansHash.Of(new embedded::ClosedLoop.Grains.Embedded.GrainId(type, key)));
}
