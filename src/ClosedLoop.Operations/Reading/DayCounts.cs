using ClosedLoop.Model.Responses;

namespace ClosedLoop.Operations.Reading;

/// <summary>Responses of one day.</summary>
/// <param name="At">Midnight UTC, microseconds.</param>
/// <param name="Counts">By category.</param>
public sealed record DayCounts(long At, IReadOnlyDictionary<ResponseCategory, long> Counts)
{
    public long Of(ResponseCategory category) => Counts.GetValueOrDefault(category);
}
