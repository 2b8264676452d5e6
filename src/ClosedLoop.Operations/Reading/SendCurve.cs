namespace ClosedLoop.Operations.Reading;

/// <summary>How far a mailing was over time, beside its plan.</summary>
/// <param name="Points">Oldest first; the first is the start, with nobody.</param>
/// <param name="Plan">What was intended.</param>
/// <param name="Accepted">Recipients there are.</param>
public sealed record SendCurve(IReadOnlyList<CurvePoint> Points, SendPlan Plan, long Accepted)
{
    /// <summary>Adds the outcomes of stretches up.</summary>
    public static SendCurve Of(Throughput progress, SendPlan plan, long accepted)
    {
        ArgumentNullException.ThrowIfNull(progress);
        ArgumentNullException.ThrowIfNull(plan);
        var points = new List<CurvePoint>();
        var (sent, settled) = (0L, 0L);
        foreach (var point in progress.Points)
        {
            // A line that rises begins where the stretch does, however long nothing happened before.
            if (points.Count == 0 || points[^1].At < point.At) points.Add(new CurvePoint(point.At, sent, settled));
            (sent, settled) = (sent + point.Sent, settled + point.Total);
            points.Add(new CurvePoint(point.At + progress.Width, sent, settled));
        }

        return new SendCurve(points, plan, accepted);
    }
}
