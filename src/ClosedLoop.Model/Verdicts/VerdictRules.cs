using ClosedLoop.Model.Events;

namespace ClosedLoop.Model.Verdicts;

/// <summary>
/// Tells machines from people. One sign that names a machine decides alone; signs of behaviour are added up, because each of them is sometimes a person's.
/// A pure function of what is stored, so that a judgement can be repeated.
/// </summary>
public static class VerdictRules
{
    /// <summary>Number of these rules; raised with every change, which has events judged again.</summary>
    public const int Version = 1;

    /// <summary>Least score of a machine.</summary>
    public const int Threshold = 50;

    /// <summary>How far apart events of one recipient influence each other, in microseconds. Opens and clicks further apart than this are judged alone.</summary>
    public const long Window = 60 * Second;

    private const long Second = 1_000_000;
    private const long Burst = 2 * Second;

    /// <summary>Judges one event.</summary>
    /// <param name="tracked">The event.</param>
    /// <param name="handedOverAt">When the message was handed over, in microseconds; null when not known.</param>
    /// <param name="recipient">Opens and clicks of the same recipient and mailing, by moment; the event itself may be among them, and what is further away than <see cref="Window"/> is passed over.</param>
    public static Judgement Judge(in JudgedEvent tracked, long? handedOverAt, ReadOnlySpan<JudgedEvent> recipient)
    {
        var seen = tracked.Seen & EventSigns.Seen;
        if (Named(tracked.Kind, seen) is { } named) return named;
        var signs = seen | OfDelay(tracked, handedOverAt) | OfNeighbours(tracked, handedOverAt, recipient);
        var score = Math.Clamp(Weigh(tracked.Kind, signs), 0, 99);
        return new Judgement(score >= Threshold ? EventVerdict.Scanner : EventVerdict.Human, score, signs);
    }

    private static Judgement? Named(TrackedEventKind kind, EventSigns seen)
    {
        if (seen.HasFlag(EventSigns.AppleProxy)) return new Judgement(EventVerdict.PrivacyProxy, 100, seen);
        if (seen.HasFlag(EventSigns.PrefetchHeader)) return new Judgement(EventVerdict.Prefetch, 97, seen);
        if (seen.HasFlag(EventSigns.GatewayAgent)) return new Judgement(EventVerdict.Scanner, 97, seen);
        if ((seen & (EventSigns.PreviewAgent | EventSigns.PrefetchAgent)) != 0) return new Judgement(EventVerdict.Prefetch, 95, seen);
        if (seen.HasFlag(EventSigns.RobotAgent)) return new Judgement(EventVerdict.Scanner, 92, seen);

        // Apple's proxies never follow links. Without the list of their addresses the bare agent is strong, but no proof.
        if (seen.HasFlag(EventSigns.BareAgent)) return new Judgement(kind == TrackedEventKind.Open ? EventVerdict.PrivacyProxy : EventVerdict.Scanner, 75, seen);
        return null;
    }

    private static EventSigns OfDelay(in JudgedEvent tracked, long? handedOverAt)
    {
        if (handedOverAt is not { } at) return EventSigns.None;
        var after = tracked.OccurredAt - at;

        // A resend makes the hand-over later than what people did with the first message: only shortly before counts.
        if (after < -Second) return after >= -Window ? EventSigns.BeforeHandOver : EventSigns.None;
        if (after <= 5 * Second) return EventSigns.Soon;
        return after <= 30 * Second ? EventSigns.Early : EventSigns.None;
    }

    private static EventSigns OfNeighbours(in JudgedEvent tracked, long? handedOverAt, ReadOnlySpan<JudgedEvent> recipient)
    {
        var (signs, opened) = (EventSigns.None, false);
        var (links, ascending, last) = (0, true, int.MinValue);
        var seen = 0UL;
        foreach (ref readonly var other in recipient)
        {
            if (Math.Abs(other.OccurredAt - tracked.OccurredAt) > Window) continue;
            if (other.Kind == TrackedEventKind.Open)
            {
                opened |= other.OccurredAt <= tracked.OccurredAt && (other.Seen & ~EventSigns.ImageProxy & EventSigns.Seen) == 0;
            }
            else if (Math.Abs(other.OccurredAt - tracked.OccurredAt) <= Burst && (seen & Bit(other.LinkOrdinal)) == 0)
            {
                seen |= Bit(other.LinkOrdinal);
                links++;
                ascending &= other.LinkOrdinal > last;
                last = other.LinkOrdinal;
            }
        }

        if (links == 2) signs |= EventSigns.TwoLinks;
        if (links > 2) signs |= EventSigns.ManyLinks | (ascending ? EventSigns.InOrder : EventSigns.None);
        if (tracked.Kind != TrackedEventKind.Click) return signs;
        if (opened) return signs | EventSigns.OpenedBefore;
        return handedOverAt is { } at && Math.Abs(tracked.OccurredAt - at) <= 30 * Second ? signs | EventSigns.Unopened : signs;
    }

    // More than 64 links share a bit; a burst over that many different ones is still seen.
    private static ulong Bit(int ordinal) => 1UL << (ordinal & 63);

    private static int Weigh(TrackedEventKind kind, EventSigns signs)
    {
        var isClick = kind == TrackedEventKind.Click;
        var score = 0;
        void Add(EventSigns sign, int weight)
        {
            if (signs.HasFlag(sign)) score += weight;
        }

        Add(EventSigns.NoAgent, 60);
        Add(EventSigns.ManyRecipients, 30);
        Add(EventSigns.BeforeHandOver, isClick ? 60 : 50);
        Add(EventSigns.Soon, isClick ? 40 : 25);
        Add(EventSigns.Early, isClick ? 15 : 5);
        Add(EventSigns.Unopened, 20);
        Add(EventSigns.TwoLinks, isClick ? 30 : 10);
        Add(EventSigns.ManyLinks, isClick ? 50 : 40);
        Add(EventSigns.InOrder, 20);
        Add(EventSigns.OpenedBefore, -25);
        Add(EventSigns.ImageProxy, -30);
        return score;
    }
}
