using ClosedLoop.Mail.Sink;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Mail.Tests.Support;

namespace ClosedLoop.Mail.Tests.Sink;

public sealed class SinkPressureTests
{
    private static SmtpEnvelope[] To(params string[] recipients) => [.. recipients.Select(r => new SmtpEnvelope("f@x.org", r, Samples.Message()))];

    private static SmtpEnvelope[] Many(int count) => To([.. Enumerable.Range(0, count).Select(i => $"a{i}@x.org")]);

    [Fact]
    public async Task Share_of_recipients_is_deferred()
    {
        await using var sink = new RecordingSink(new SmtpSinkOptions { Pressure = new SinkPressure { TemporaryShare = 0.25, Seed = 4 } });

        var results = await sink.SendAsync(Many(1000));

        Assert.InRange(results.Count(r => r == "Retry 451 Rcpt"), 200, 300);
        Assert.Equal(1000, sink.Taken.Count + results.Count(r => r == "Retry 451 Rcpt"));
    }

    [Fact]
    public async Task First_minutes_are_all_deferred()
    {
        var time = new SteppedTime();
        await using var sink = new RecordingSink(new SmtpSinkOptions { TimeProvider = time, Pressure = new SinkPressure { TemporaryFor = TimeSpan.FromMinutes(30) } });

        Assert.Equal(["Retry 451 Rcpt"], await sink.SendAsync(To("a@x.org")));
        time.Step(TimeSpan.FromMinutes(29.99));
        Assert.Equal(["Retry 451 Rcpt"], await sink.SendAsync(To("a@x.org")));
        time.Step(TimeSpan.FromMinutes(0.02));
        Assert.Equal(["Accepted 250 Body"], await sink.SendAsync(To("a@x.org")));
    }

    [Fact]
    public async Task Connection_ends_after_its_share_of_messages()
    {
        await using var sink = new RecordingSink(new SmtpSinkOptions { Pressure = new SinkPressure { MessagesPerConnection = 2 } });

        Assert.Equal(["Accepted 250 Body", "Accepted 250 Body", "DropConnection 421 Mail", "DropConnection 0 None"], await sink.SendAsync(Many(4)));
        Assert.Equal(["Accepted 250 Body"], await sink.SendAsync(Many(1)));
    }

    [Fact]
    public async Task Domain_has_a_rate_of_its_own()
    {
        var time = new SteppedTime();
        await using var sink = new RecordingSink(new SmtpSinkOptions { TimeProvider = time, Pressure = new SinkPressure { DomainRate = 2 } });

        Assert.Equal(
            ["Accepted 250 Body", "Accepted 250 Body", "Retry 450 Rcpt", "Accepted 250 Body"],
            await sink.SendAsync(To("a@x.org", "b@X.org", "c@x.org", "a@y.org")));
        time.Step(TimeSpan.FromSeconds(1));
        Assert.Equal(["Accepted 250 Body"], await sink.SendAsync(To("c@x.org")));
    }

    [Fact]
    public async Task Drip_comes_through_in_the_end()
    {
        await using var sink = new RecordingSink(new SmtpSinkOptions { Script = new SinkScript([new SinkRule("drip", SinkDeed.Drip, Delay: TimeSpan.FromMilliseconds(1)), new SinkRule("slow", SinkDeed.DelayText, Delay: TimeSpan.FromMilliseconds(1))]), Pressure = new SinkPressure { ReplyDelay = TimeSpan.FromMilliseconds(1) } });

        Assert.Equal(Enumerable.Repeat("Accepted 250 Body", 3), await sink.SendAsync(To("drip@x.org", "slow@x.org", "a@x.org")));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Share_out_of_range_is_refused(double share) =>
        Assert.Equal(MailErrors.Option, Assert.Throws<MailFormatException>(() => SmtpSink.Start(new SmtpSinkOptions { Pressure = new SinkPressure { TemporaryShare = share } })).Code);

    /// <summary>A clock that moves when it is told to; its timers are the machine's.</summary>
    private sealed class SteppedTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Step(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

        public override long GetTimestamp() => Interlocked.Read(ref _ticks);
    }
}
