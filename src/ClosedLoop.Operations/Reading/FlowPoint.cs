namespace ClosedLoop.Operations.Reading;

/// <summary>Outcomes in one stretch of time.</summary>
/// <param name="At">Its beginning, microseconds.</param>
/// <param name="Sent">Handed over.</param>
/// <param name="Failed">Refused for good.</param>
/// <param name="Other">Suppressed, in doubt, cancelled.</param>
public sealed record FlowPoint(long At, long Sent, long Failed, long Other)
{
    public long Total => Sent + Failed + Other;
}
