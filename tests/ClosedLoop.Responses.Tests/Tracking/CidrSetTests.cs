using System.Net;
using ClosedLoop.Responses.Tracking;

namespace ClosedLoop.Responses.Tests.Tracking;

public class CidrSetTests
{
    [Theory]
    [InlineData("192.0.2.0/24", "192.0.2.0", true)]
    [InlineData("192.0.2.0/24", "192.0.2.255", true)]
    [InlineData("192.0.2.0/24", "192.0.3.0", false)]
    [InlineData("192.0.2.0/24", "192.0.1.255", false)]
    [InlineData("192.0.2.77/24", "192.0.2.1", true)]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7/32", "192.0.2.8", false)]
    [InlineData("0.0.0.0/0", "255.255.255.255", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("::/0", "2001:db8::1", true)]
    [InlineData("2001:db8::/33", "2001:db8:7fff::", true)]
    [InlineData("2001:db8::/33", "2001:db8:8000::", false)]
    public void Bounds_are_exact(string range, string address, bool expected) =>
        Assert.Equal(expected, CidrSet.Parse(new StringReader(range)).Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("192.0.2.0/33")]
    [InlineData("2001:db8::/129")]
    [InlineData("192.0.2.0/")]
    [InlineData("192.0.2.0/-1")]
    [InlineData("example.org")]
    public void A_line_that_is_no_range_is_named(string line) =>
        Assert.Contains("Line 2 is '" + line, Assert.Throws<FormatException>(() => CidrSet.Parse(new StringReader("# list\n" + line))).Message, StringComparison.Ordinal);

    [Fact]
    public void Neighbours_and_overlaps_are_merged()
    {
        var set = CidrSet.Parse(new StringReader("192.0.2.128/25\n192.0.2.0/25\n192.0.2.64/26\n\n198.51.100.0/24 # apart"));
        Assert.Equal(2, set.Count);
    }

    [Fact]
    public void Agrees_with_a_linear_search_over_random_ranges()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var networks = Enumerable.Range(0, 300)
            .Select(_ => (Network: random.Next() & ~0xFF, Prefix: random.Next(6, 25)))
            .Select(range => new IPNetwork(Address(range.Network & (int)(uint.MaxValue << (32 - range.Prefix))), range.Prefix))
            .ToArray();
        var set = CidrSet.Parse(new StringReader(string.Join('\n', networks)));
        for (var i = 0; i < 5000; i++)
        {
            var address = Address(random.Next());
            Assert.True(Array.Exists(networks, network => network.Contains(address)) == set.Contains(address), $"seed {seed}: {address}");
        }
    }

    private static IPAddress Address(int value) => new([(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value]);
}
