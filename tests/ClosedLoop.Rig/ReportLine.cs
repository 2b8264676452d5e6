using ClosedLoop.Rig.Trials;

namespace ClosedLoop.Rig;

/// <summary>A line of the table: the runs of one kind.</summary>
internal sealed record ReportLine(
    string What, int Runs, int NotRun, int Struck, int Lost, int Repeated, int InDoubt, double MeanInDoubt, int WorstInDoubt, double WorstResume, int Broken)
{
    public static ReportLine Of(string what, IReadOnlyList<TrialResult> results)
    {
        var doubts = results.SelectMany(result => result.InDoubt).ToList();
        return new ReportLine(
            what,
            results.Count(result => result.NotRun is null),
            results.Count(result => result.NotRun is not null),
            results.Count(result => result.Struck),
            results.Sum(result => result.Lost),
            results.Sum(result => result.Repeated),
            doubts.Sum(),
            doubts.Count == 0 ? 0 : doubts.Average(),
            doubts.DefaultIfEmpty().Max(),
            results.SelectMany(result => result.Resumed).DefaultIfEmpty().Max(),
            results.Count(result => result.Broken.Count > 0));
    }
}
