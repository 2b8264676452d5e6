using ClosedLoop.Model.Events;
using ClosedLoop.Model.Verdicts;

namespace ClosedLoop.Testing.Verdicts;

/// <summary>An open or click of the corpus.</summary>
/// <param name="Case">The recipient it belongs to.</param>
/// <param name="Label">Who was behind it.</param>
/// <param name="Event">As the rules see it.</param>
internal sealed record LabelledEvent(string Case, EventVerdict Label, JudgedEvent Event)
{
    /// <summary>Moment of every hand-over in the corpus, in microseconds.</summary>
    public const long HandedOver = 1_770_000_000_000_000;

    /// <summary>Kind by its word in the corpus.</summary>
    public static TrackedEventKind KindOf(string word) => word == "open" ? TrackedEventKind.Open : TrackedEventKind.Click;
}
