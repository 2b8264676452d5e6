using ClosedLoop.Model.Events;
using ClosedLoop.Model.Verdicts;

namespace ClosedLoop.Operations.Reading;

/// <summary>Opens or clicks of a mailing with one verdict.</summary>
/// <param name="Kind">Open or click.</param>
/// <param name="Verdict">Who was behind them.</param>
/// <param name="Events">How many.</param>
/// <param name="People">Of how many recipients.</param>
public sealed record VerdictLine(TrackedEventKind Kind, EventVerdict Verdict, long Events, long People)
{
    /// <summary>Verdict of row <c>e</c> of <c>event</c>; what was stored before there were verdicts goes by its old flag.</summary>
    internal const string Sql = "COALESCE(e.verdict, CASE WHEN e.automated = 1 THEN 2 ELSE 1 END)";
}
