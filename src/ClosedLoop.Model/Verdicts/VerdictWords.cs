using System.Numerics;

namespace ClosedLoop.Model.Verdicts;

/// <summary>Stable words for verdicts and signs, as screens, interface and commands show them.</summary>
public static class VerdictWords
{
    private static readonly Dictionary<EventSigns, string> Codes = new()
    {
        [EventSigns.AppleProxy] = "apple-proxy",
        [EventSigns.BareAgent] = "bare-agent",
        [EventSigns.ImageProxy] = "image-proxy",
        [EventSigns.PrefetchHeader] = "prefetch-header",
        [EventSigns.PrefetchAgent] = "prefetch-agent",
        [EventSigns.PreviewAgent] = "preview-agent",
        [EventSigns.GatewayAgent] = "gateway-agent",
        [EventSigns.RobotAgent] = "robot-agent",
        [EventSigns.NoAgent] = "no-agent",
        [EventSigns.ManyRecipients] = "many-recipients",
        [EventSigns.BeforeHandOver] = "before-hand-over",
        [EventSigns.Soon] = "soon",
        [EventSigns.Early] = "early",
        [EventSigns.Unopened] = "unopened",
        [EventSigns.TwoLinks] = "two-links",
        [EventSigns.ManyLinks] = "many-links",
        [EventSigns.InOrder] = "in-order",
        [EventSigns.OpenedBefore] = "opened-before",
    };

    /// <summary><c>human</c>, <c>privacy-proxy</c>, <c>scanner</c> or <c>prefetch</c>.</summary>
    public static string Of(EventVerdict verdict) => verdict switch
    {
        EventVerdict.PrivacyProxy => "privacy-proxy",
        EventVerdict.Scanner => "scanner",
        EventVerdict.Prefetch => "prefetch",
        _ => "human",
    };

    /// <summary>Codes of all signs, in the order of their values.</summary>
    public static IReadOnlyList<string> Of(EventSigns signs)
    {
        var words = new List<string>();
        for (var rest = (uint)signs; rest != 0; rest &= rest - 1)
        {
            if (Codes.TryGetValue((EventSigns)(1 << BitOperations.TrailingZeroCount(rest)), out var code)) words.Add(code);
        }

        return words;
    }

    /// <summary>One line: <c>scanner 90: soon, many-links</c>.</summary>
    public static string Line(EventVerdict verdict, int score, EventSigns signs) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Of(verdict)} {score}{(signs == 0 ? "" : ": ")}{string.Join(", ", Of(signs))}");
}
