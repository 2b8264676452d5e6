using System.Net;
using ClosedLoop.Model.Events;

namespace ClosedLoop.Model.Tests.Events;

public class TrackedEventCodecTests
{
    public static TheoryData<TrackedEvent> Events => new()
    {
        new TrackedEvent(TrackedEventKind.Open, 1, 2, 0, 3),
        new TrackedEvent(TrackedEventKind.Click, long.MaxValue, long.MaxValue, int.MaxValue, long.MaxValue, "Mozilla/5.0 ü €", IPAddress.Parse("192.0.2.7")),
        new TrackedEvent(TrackedEventKind.Unsubscribe, 0, 0, 0, 0, "x", IPAddress.Parse("2001:db8::7"), TrackedEventFlags.OneClick | TrackedEventFlags.Automatic),
        new TrackedEvent(TrackedEventKind.Open, 1, 1, 1, 1, new string('€', TrackedEvent.MaxUserAgentLength), IPAddress.IPv6Loopback),
    };

    [Theory]
    [MemberData(nameof(Events))]
    public void Events_come_back(TrackedEvent tracked)
    {
        var buffer = new byte[TrackedEventCodec.MaxLength];
        var length = TrackedEventCodec.Write(buffer, tracked);
        Assert.True(TrackedEventCodec.TryRead(buffer.AsSpan(0, length), out var read));
        Assert.Equal(tracked, read);
    }

    [Fact]
    public void A_user_agent_one_character_too_long_is_cut_and_no_surrogate_pair_is_split()
    {
        Assert.Equal(512, UserAgentAfter(new string('a', 513)).Length);
        Assert.Equal(511, UserAgentAfter(new string('a', 511) + "😀").Length);
    }

    [Fact]
    public void Bytes_that_are_no_event_are_refused()
    {
        var buffer = new byte[TrackedEventCodec.MaxLength];
        var length = TrackedEventCodec.Write(buffer, new TrackedEvent(TrackedEventKind.Open, 1, 2, 0, 3, "", IPAddress.Loopback));
        for (var cut = 0; cut < length; cut++)
            Assert.False(TrackedEventCodec.TryRead(buffer.AsSpan(0, cut), out _));
        foreach (var (position, value) in new[] { (0, 9), (1, 0), (1, 4), (3, 5) })
        {
            var altered = buffer[..length];
            altered[position] = (byte)value;
            Assert.False(TrackedEventCodec.TryRead(altered, out _));
        }
    }

    [Fact]
    public void The_moment_is_kept_to_the_microsecond()
    {
        var moment = new DateTimeOffset(2026, 3, 2, 10, 31, 18, TimeSpan.FromHours(1)).AddTicks(1234560);
        Assert.Equal(moment, new TrackedEvent(TrackedEventKind.Open, 1, 1, 0, Instants.ToMicroseconds(moment)).OccurredAtUtc);
    }

    private static string UserAgentAfter(string userAgent)
    {
        var buffer = new byte[TrackedEventCodec.MaxLength];
        var length = TrackedEventCodec.Write(buffer, new TrackedEvent(TrackedEventKind.Open, 1, 2, 0, 3, userAgent));
        Assert.True(TrackedEventCodec.TryRead(buffer.AsSpan(0, length), out var read));
        return read!.UserAgent;
    }
}
