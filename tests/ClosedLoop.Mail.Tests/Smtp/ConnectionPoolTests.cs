using ClosedLoop.Mail.Sink;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Mail.Tests.Support;

namespace ClosedLoop.Mail.Tests.Smtp;

public sealed class ConnectionPoolTests
{
    private static SmtpRelayOptions Relay(SmtpSink sink) => new() { Host = "127.0.0.1", Port = sink.EndPoint.Port, Tls = SmtpTls.None };

    [Fact]
    public async Task Returned_connection_is_used_again_until_its_messages_are_used_up()
    {
        await using var sink = SmtpSink.Start(new SmtpSinkOptions());
        await using var pool = new SmtpConnectionPool(Relay(sink), new SmtpPoolOptions { MaxMessagesPerConnection = 2 });
        for (var i = 0; i < 5; i++)
        {
            var connection = await pool.RentAsync(CancellationToken.None);
            Assert.Equal(SmtpAction.Accepted, (await connection.SendAsync("", "a@x.org", Samples.Message(), CancellationToken.None)).Action);
            await pool.ReturnAsync(connection);
        }

        Assert.Equal((5, 3), (sink.Count, sink.SessionsSinceStart));
    }

    [Fact]
    public async Task Relay_that_refuses_the_chunks_it_offers_gets_the_text_by_data_from_then_on()
    {
        static async Task TakeByDataAsync(ScriptedPeer p)
        {
            await p.HelloAsync("CHUNKING");
            await p.AnswerAsync("250 ok", "250 ok", "354 go");
            await p.HearTextAsync();
            await p.SayAsync("250 taken");
            p.Close();
        }

        await using var peer = new ScriptedPeer(
            async p =>
            {
                await p.HelloAsync("CHUNKING");
                await p.AnswerAsync("250 ok", "250 ok", "502 5.5.1 what");
                p.Close();
            },
            TakeByDataAsync,
            TakeByDataAsync);
        var conceded = new List<SmtpConcession>();
        await using var pool = new SmtpConnectionPool(peer.Relay with { Conceded = (what, _) => conceded.Add(what) });
        var results = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var connection = await pool.RentAsync(CancellationToken.None);
            var result = await connection.SendAsync("", "a@x.org", Samples.Bytes("text\r\n"), CancellationToken.None);
            results.Add($"{result.Action} {result.Code}");
            connection.Abort();
            await pool.ReturnAsync(connection);
        }

        Assert.Equal(["DropConnection 502", "Accepted 250", "Accepted 250"], results);
        Assert.Equal(["BDAT 6 LAST", "DATA", "DATA"], peer.Heard.Where(line => line is "DATA" or "BDAT 6 LAST"));
        Assert.Equal([SmtpConcession.NoChunking], conceded);
    }

    [Fact]
    public async Task One_more_than_the_limit_waits_for_a_place()
    {
        await using var sink = SmtpSink.Start(new SmtpSinkOptions());
        await using var pool = new SmtpConnectionPool(Relay(sink), new SmtpPoolOptions { MaxConnections = 1 });
        var first = await pool.RentAsync(CancellationToken.None);
        var second = pool.RentAsync(CancellationToken.None).AsTask();
        Assert.False(second.IsCompleted);

        await pool.ReturnAsync(first);

        Assert.Same(first, await second);
        await pool.ReturnAsync(first);
    }

    [Fact]
    public async Task Connection_that_died_while_idle_is_replaced()
    {
        var sink = SmtpSink.Start(new SmtpSinkOptions());
        await using var pool = new SmtpConnectionPool(Relay(sink));
        var first = await pool.RentAsync(CancellationToken.None);
        await pool.ReturnAsync(first);
        var endPoint = sink.EndPoint;
        await sink.DisposeAsync();
        await using var again = SmtpSink.Start(new SmtpSinkOptions { EndPoint = endPoint });

        var second = await pool.RentAsync(CancellationToken.None);

        Assert.NotSame(first, second);
        Assert.Equal(SmtpAction.Accepted, (await second.SendAsync("", "a@x.org", Samples.Message(), CancellationToken.None)).Action);
        await pool.ReturnAsync(second);
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public async Task Connection_idle_for_too_long_is_replaced(int seconds, bool kept)
    {
        var time = new ManualTime();
        await using var sink = SmtpSink.Start(new SmtpSinkOptions());
        await using var pool = new SmtpConnectionPool(Relay(sink) with { TimeProvider = time });
        var first = await pool.RentAsync(CancellationToken.None);
        await pool.ReturnAsync(first);
        time.Advance(TimeSpan.FromSeconds(seconds));

        var second = await pool.RentAsync(CancellationToken.None);

        Assert.Equal(kept, ReferenceEquals(first, second));
        await pool.ReturnAsync(second);
    }

    [Fact]
    public async Task Failed_connection_gives_its_place_back()
    {
        SmtpRelayOptions relay;
        await using (var peer = new ScriptedPeer(_ => Task.CompletedTask))
            relay = peer.Relay;
        await using var pool = new SmtpConnectionPool(relay, new SmtpPoolOptions { MaxConnections = 1 });

        await Assert.ThrowsAsync<SmtpConnectException>(async () => await pool.RentAsync(CancellationToken.None));
        await Assert.ThrowsAsync<SmtpConnectException>(async () => await pool.RentAsync(CancellationToken.None));
    }

    /// <summary>A clock that moves when told; timers run on the system's.</summary>
    private sealed class ManualTime : TimeProvider
    {
        private long _now = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan by) => _now += by.Ticks;
    }
}
