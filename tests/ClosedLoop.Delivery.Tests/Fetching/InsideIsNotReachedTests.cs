using System.Collections.Concurrent;
using System.Net;
using ClosedLoop.Delivery.Fetching;
using ClosedLoop.Model.Delivery;

namespace ClosedLoop.Delivery.Tests.Fetching;

/// <summary>No shape of an address leads to this machine or its network, even when the lists of hosts would allow it.</summary>
public sealed class InsideIsNotReachedTests : IDisposable
{
    private readonly InsideListener _inside = new();
    private readonly ConcurrentQueue<IPEndPoint> _dialled = new();

    /// <summary>Each with the fault expected when host and port are allowed.</summary>
    public static TheoryData<string, ContentFault> Shapes()
    {
        var shapes = new TheoryData<string, ContentFault>();
        foreach (var url in new[]
        {
            "http://127.0.0.1:PORT/", "http://127.0.0.2:PORT/", "http://127.255.255.254:PORT/", "https://127.0.0.1:PORT/", "http://0.0.0.0:PORT/", "http://0.0.0.1:PORT/",
            "http://10.0.0.1:PORT/", "http://10.255.255.255:PORT/", "http://172.16.0.1:PORT/", "http://172.31.255.255:PORT/", "http://192.168.0.1:PORT/", "http://100.64.0.1:PORT/",
            "http://100.100.100.200:PORT/", "http://169.254.169.254:PORT/latest/meta-data/", "http://169.254.0.1:PORT/", "http://168.63.129.16:PORT/", "http://192.0.0.192:PORT/", "http://192.0.2.1:PORT/",
            "http://192.88.99.1:PORT/", "http://198.18.0.1:PORT/", "http://198.51.100.1:PORT/", "http://203.0.113.1:PORT/", "http://224.0.0.1:PORT/", "http://240.0.0.1:PORT/", "http://255.255.255.255:PORT/",
            "http://[::1]:PORT/", "http://[::]:PORT/", "http://[0:0:0:0:0:0:0:1]:PORT/", "http://[::ffff:127.0.0.1]:PORT/", "http://[::ffff:7f00:1]:PORT/", "http://[::ffff:10.0.0.1]:PORT/",
            "http://[::127.0.0.1]:PORT/", "http://[::7f00:1]:PORT/", "http://[::ffff:0:127.0.0.1]:PORT/", "http://[64:ff9b::127.0.0.1]:PORT/", "http://[64:ff9b::7f00:1]:PORT/", "http://[64:ff9b:1::7f00:1]:PORT/",
            "http://[2002:7f00:1::]:PORT/", "http://[2002:a00:1::1]:PORT/", "http://[2001:0:7f00:1::80ff:fffe]:PORT/", "http://[2001::1]:PORT/", "http://[2001:db8::1]:PORT/", "http://[3fff::1]:PORT/",
            "http://[2001:20::1]:PORT/", "http://[fe80::1]:PORT/", "http://[fec0::1]:PORT/", "http://[fc00::1]:PORT/", "http://[fd00:ec2::254]:PORT/", "http://[ff02::1]:PORT/", "http://[100::1]:PORT/", "http://[5f00::1]:PORT/",
            "http://[4000::1]:PORT/", "http://[2a00:1450::5efe:7f00:1]:PORT/", "http://[2a00:1450::200:5efe:7f00:1]:PORT/",
            "http://localhost:PORT/", "http://LOCALHOST:PORT/", "http://localhost.:PORT/", "http://127.0.0.1.:PORT/", "http://inside.example.com:PORT/", "http://inside.example.com.:PORT/",
            "http://xn--bcher-kva.example.com:PORT/", "http://b\u00fccher.example.com:PORT/", "http://\uff11\uff12\uff17.\uff10.\uff10.\uff11:PORT/", "http://127\u30020\u30020\u30021:PORT/",
        }) shapes.Add(url, ContentFault.InsideRefused);
        foreach (var url in new[]
        {
            "http://2130706433:PORT/", "http://0x7f000001:PORT/", "http://017700000001:PORT/", "http://0x7f.0.0.1:PORT/", "http://0177.0.0.1:PORT/", "http://127.1:PORT/", "http://127.0.1:PORT/", "http://0:PORT/",
            "http://127.0.0.01:PORT/", "http://0x7f.1:PORT/", "http://00000177.1:PORT/", "http://4294967297:PORT/", "http://[fe80::1%251]:PORT/", "http://[::1%1]:PORT/", "http://[127.0.0.1]:PORT/", "http://%31%32%37.0.0.1:PORT/", "http://127.0.0.1%00.example.com:PORT/",
            "http://cms.example.com\\@127.0.0.1:PORT/", "http:\\\\127.0.0.1:PORT\\", "http:/127.0.0.1:PORT/", "http:127.0.0.1:PORT/", "http:///127.0.0.1:PORT/", "http://127.0.0.1:PORT\r\nHost: x/", "http://127.0.0.1 :PORT/", " http://127.0.0.1:PORT/",
            "http://127.0.0.1\t:PORT/", "//127.0.0.1:PORT/", "http://", "http://:PORT/",
        }) shapes.Add(url, ContentFault.AddressMalformed);
        foreach (var url in new[] { "http://cms.example.com@127.0.0.1:PORT/", "http://user:pass@127.0.0.1:PORT/", "http://cms.example.com:80@127.0.0.1:PORT/", "http://@127.0.0.1:PORT/", "http://127.0.0.1:PORT@cms.example.com/" }) shapes.Add(url, ContentFault.LoginRefused);
        foreach (var url in new[] { "file:///etc/passwd", "/etc/passwd", "ftp://127.0.0.1:PORT/", "gopher://127.0.0.1:PORT/_x", "unix:/var/run/docker.sock", "javascript:alert(1)", "data:text/html,x", "ws://127.0.0.1:PORT/" }) shapes.Add(url, ContentFault.SchemeRefused);
        return shapes;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Whatever_it_looks_like(string shape, ContentFault expected)
    {
        var url = shape.Replace("PORT", _inside.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var fault = await Assert.ThrowsAnyAsync<ContentException>(async () =>
        {
            var address = ContentAddress.Parse(url);
            await FetchAsync(address, address.Host);
        });
        Assert.Equal(expected, fault.Fault);
        await AssertUntouchedAsync();
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Least_of_all_by_way_of_a_redirect(string shape, ContentFault expected)
    {
        var target = shape.Replace("PORT", _inside.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        await using var server = await Server.StartAsync(context =>
        {
            context.Response.StatusCode = 302;
            if (target.Any(char.IsControl)) context.Response.Headers.Location = "http://127.0.0.1:1/";
            else context.Response.Headers.Location = target.Any(c => c > 126) ? new Uri(target).AbsoluteUri : target;
            return Task.CompletedTask;
        });
        string[] hosts = [Server.Host];
        try
        {
            hosts = [Server.Host, ContentAddress.Parse(target).Host];
        }
        catch (ContentException)
        {
            // Refused before any list is asked.
        }

        var options = Options(hosts) with { Ports = [server.Port, _inside.Port], AllowPrivate = [IPNetwork.Parse("127.0.0.77/32")], Resolve = (host, _) => Task.FromResult(new[] { host == Server.Host ? IPAddress.Parse("127.0.0.77") : IPAddress.Loopback }), Dial = new ContentFetchOptions().Dial };
        var count = 0;
        options = options with { Dial = (peer, cancellation) => Interlocked.Increment(ref count) > 0 && peer.Address.ToString() == "127.0.0.77" ? new ContentFetchOptions().Dial(new IPEndPoint(IPAddress.Loopback, peer.Port), cancellation) : throw new InvalidOperationException($"{peer} was dialled ({expected})") };
        using var fetcher = Server.Fetcher(options);
        await Assert.ThrowsAnyAsync<ContentException>(() => fetcher.FetchAsync(new ContentRequest(ContentAddress.Parse(server.Url("/")), new HostList(hosts), ["text/html"], 1024)));
        Assert.Equal(1, count);
        await AssertUntouchedAsync();
    }

    [Theory]
    [InlineData("93.184.215.14,127.0.0.1")]
    [InlineData("127.0.0.1,93.184.215.14")]
    [InlineData("93.184.215.14,::ffff:10.0.0.1")]
    [InlineData("2606:4700::1111,fd00::1")]
    public async Task Nor_when_only_one_of_several_addresses_is_inside(string answer)
    {
        var addresses = answer.Split(',').Select(IPAddress.Parse).ToArray();
        var fault = await Assert.ThrowsAnyAsync<ContentException>(() => FetchAsync(ContentAddress.Parse($"http://cms.example.com:{_inside.Port}/"), "cms.example.com", (_, _) => Task.FromResult(addresses)));
        Assert.Equal(ContentFault.InsideRefused, fault.Fault);
        await AssertUntouchedAsync();
    }

    [Fact]
    public async Task Nor_by_a_name_server_that_changes_its_answer()
    {
        var asked = 0;
        using var fetcher = Server.Fetcher(Options(["cms.example.com"]) with
        {
            Resolve = (_, _) => Task.FromResult(new[] { IPAddress.Parse(Interlocked.Increment(ref asked) == 1 ? "93.184.215.14" : "127.0.0.1") }),
        });
        var request = new ContentRequest(ContentAddress.Parse($"http://cms.example.com:{_inside.Port}/"), new HostList(["cms.example.com"]), ["text/html"], 1024);

        // The first connection goes to the address that was checked, with no second look-up; the second answer is refused.
        Assert.Equal(ContentFault.NotConnected, (await Assert.ThrowsAnyAsync<ContentException>(() => fetcher.FetchAsync(request))).Fault);
        Assert.Equal(1, asked);
        Assert.Equal(new IPEndPoint(IPAddress.Parse("93.184.215.14"), _inside.Port), Assert.Single(_dialled));
        Assert.Equal(ContentFault.InsideRefused, (await Assert.ThrowsAnyAsync<ContentException>(() => fetcher.FetchAsync(request))).Fault);
        Assert.Single(_dialled);
        _dialled.Clear();
        await AssertUntouchedAsync();
    }

    [Theory]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("::7f00:1")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    public void A_form_that_hides_an_address_is_refused_even_where_its_network_is_allowed(string address)
    {
        IPNetwork[] all = [IPNetwork.Parse("0.0.0.0/0"), IPNetwork.Parse("::/0")];
        Assert.False(AddressRules.MayReach(IPAddress.Parse(address), all));
    }

    [Theory]
    [InlineData("93.184.215.14")]
    [InlineData("1.1.1.1")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("169.253.255.255")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450::1")]
    [InlineData("2001:200::1")]
    public void A_public_address_is_reached(string address) => Assert.True(AddressRules.MayReach(IPAddress.Parse(address), []));

    [Fact]
    public void A_network_inside_can_be_allowed()
    {
        IPNetwork[] allowed = [IPNetwork.Parse("10.1.0.0/16"), IPNetwork.Parse("fd12::/16")];
        Assert.True(AddressRules.MayReach(IPAddress.Parse("10.1.2.3"), allowed));
        Assert.True(AddressRules.MayReach(IPAddress.Parse("fd12::9"), allowed));
        Assert.False(AddressRules.MayReach(IPAddress.Parse("10.2.0.1"), allowed));
        Assert.False(AddressRules.MayReach(IPAddress.Parse("::ffff:10.1.2.3"), allowed));
    }

    public void Dispose() => _inside.Dispose();

    private ContentFetchOptions Options(string[] hosts) => new()
    {
        AllowedHosts = hosts,
        Ports = [_inside.Port],
        RetryPauses = [],
        ConnectTimeout = TimeSpan.FromSeconds(2),
        Resolve = (_, _) => Task.FromResult(new[] { IPAddress.Loopback }),
        Dial = (peer, _) =>
        {
            _dialled.Enqueue(peer);
            throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostUnreachable);
        },
    };

    private async Task FetchAsync(ContentAddress address, string host, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        var options = Options([host]);

        // Real connections here: if the guard lets one through, the listener counts it.
        options = options with { Resolve = resolve ?? options.Resolve, Dial = new ContentFetchOptions().Dial };
        using var fetcher = Server.Fetcher(options);
        await fetcher.FetchAsync(new ContentRequest(address, new HostList([host]), ["text/html"], 1024));
    }

    private async Task AssertUntouchedAsync()
    {
        await _inside.ProveAsync();
        Assert.Equal(0, _inside.Connections);
        Assert.Empty(_dialled);
    }
}
