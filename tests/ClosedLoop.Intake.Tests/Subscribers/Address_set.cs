using System.Globalization;
using System.Text;
using ClosedLoop.Intake.Subscribers;

namespace ClosedLoop.Intake.Tests.Subscribers;

public sealed class Address_set
{
    [Fact]
    public void Finds_every_repetition_and_nothing_else()
    {
        var set = new AddressSet();
        for (var i = 0; i < 50_000; i++) Assert.True(set.Add(i % 3, Address(i)));
        for (var i = 0; i < 50_000; i++) Assert.False(set.Add(i % 3, Address(i)));
        for (var i = 0; i < 50_000; i++) Assert.True(set.Add(3, Address(i)));
    }

    [Fact]
    public void Every_bit_of_key_tweak_and_data_changes_the_hash()
    {
        var key = Enumerable.Range(0, 16).Select(i => (byte)i).ToArray();
        var hash = SipHash128.WithKey(key);
        var seen = new HashSet<UInt128>();
        for (var length = 0; length < 64; length++) Assert.True(seen.Add(hash.Hash(new byte[length])));
        for (var i = 0; i < 64; i++)
        {
            var data = new byte[64];
            data[i] = 1;
            Assert.True(seen.Add(hash.Hash(data)));
        }

        Assert.True(seen.Add(hash.Hash(new byte[8], tweak: 1)));
        key[15] ^= 1;
        Assert.True(seen.Add(SipHash128.WithKey(key).Hash(new byte[8])));
    }

    private static byte[] Address(int i) => Encoding.ASCII.GetBytes("user" + i.ToString(CultureInfo.InvariantCulture) + "@example.org");
}
