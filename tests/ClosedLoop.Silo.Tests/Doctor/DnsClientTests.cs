using System.Net;
using ClosedLoop.Silo.Doctor.Dns;

namespace ClosedLoop.Silo.Tests.Doctor;

public sealed class DnsClientTests
{
    [Fact]
    public async Task Records_of_all_kinds_are_read()
    {
        using var server = new NameServerDouble()
            .With("news.example.org", DnsType.A, "192.0.2.10", "192.0.2.11").With("news.example.org", DnsType.Aaaa, "2001:db8::1").With("news.example.org", DnsType.Mx, "mx.example.org")
            .With("news.example.org", DnsType.Txt, "v=spf1 -all").With("10.2.0.192.in-addr.arpa", DnsType.Ptr, "mail.example.org");
        Assert.Equal(["192.0.2.10", "192.0.2.11"], await AskAsync("news.example.org", DnsType.A));
        Assert.Equal(["2001:db8::1"], await AskAsync("NEWS.example.org.", DnsType.Aaaa));
        Assert.Equal(["mx.example.org"], await AskAsync("news.example.org", DnsType.Mx));
        Assert.Equal(["v=spf1 -all"], await AskAsync("news.example.org", DnsType.Txt));
        Assert.Equal(["mail.example.org"], await AskAsync(DnsMessage.Reverse(IPAddress.Parse("192.0.2.10")), DnsType.Ptr));
        Assert.Equal(DnsAnswer.NoSuchName, (await server.Client.AskAsync("nobody.example.org", DnsType.A, CancellationToken.None)).Code);

        async Task<IReadOnlyList<string>> AskAsync(string name, DnsType type) => (await server.Client.AskAsync(name, type, CancellationToken.None)).Values;
    }

    [Fact]
    public async Task What_does_not_fit_a_datagram_is_asked_by_tcp()
    {
        var key = "v=DKIM1; k=rsa; p=" + new string('A', 700);
        using var server = new NameServerDouble().With("s1._domainkey.example.org", DnsType.Txt, key);
        Assert.Equal([key], (await server.Client.AskAsync("s1._domainkey.example.org", DnsType.Txt, CancellationToken.None)).Values);
        Assert.Equal(1, server.AskedByTcp);
    }

    [Fact]
    public async Task A_forged_datagram_is_passed_over()
    {
        using var server = new NameServerDouble { Forges = true }.With("news.example.org", DnsType.A, "192.0.2.10");
        Assert.Equal(["192.0.2.10"], (await server.Client.AskAsync("news.example.org", DnsType.A, CancellationToken.None)).Values);
    }

    [Fact]
    public async Task Without_a_server_that_is_said() =>
        await Assert.ThrowsAsync<IOException>(() => new DnsClient([]).AskAsync("news.example.org", DnsType.A, CancellationToken.None));

    [Fact]
    public void Damaged_answers_are_refused_and_never_read_past_their_end()
    {
        var question = DnsMessage.Question(7, "a.example", DnsType.A);
        var circle = (byte[])[.. question, 0xC0, (byte)question.Length, 0, 1, 0, 1];
        circle[2] |= 0x80;
        circle[7] = 1;
        Assert.Throws<InvalidDataException>(() => DnsMessage.Read(circle, question, DnsType.A, out _));
        var random = new Random(20261122);
        for (var i = 0; i < 20_000; i++)
        {
            var message = new byte[random.Next(2, 80)];
            random.NextBytes(message);
            question.AsSpan(0, 2).CopyTo(message);
            try
            {
                DnsMessage.Read(message, question, DnsType.Txt, out _);
            }
            catch (InvalidDataException)
            {
                // The one way to refuse.
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a..example")]
    public void Names_that_cannot_be_asked_for_are_refused(string name) => Assert.Throws<FormatException>(() => DnsMessage.Question(1, name, DnsType.A));

    [Fact]
    public void Addresses_are_looked_up_backwards()
    {
        Assert.Equal("1.2.0.192.in-addr.arpa", DnsMessage.Reverse(IPAddress.Parse("192.0.2.1")));
        Assert.Equal("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", DnsMessage.Reverse(IPAddress.Parse("2001:db8::1")));
    }
}
