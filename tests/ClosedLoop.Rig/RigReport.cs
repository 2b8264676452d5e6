using System.Globalization;
using System.Text;
using System.Text.Json;
using ClosedLoop.Rig.Trials;

namespace ClosedLoop.Rig;

/// <summary>All runs, and what is said about them at the end.</summary>
internal sealed class RigReport(RigOptions options)
{
    /// <summary>Broken promises of one run that are printed: a thousand of a kind say no more than a few.</summary>
    private const int MostSaid = 10;

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly List<(Trial Trial, TrialResult Result)> _runs = [];

    public int ExitCode =>
        _runs.Exists(run => run.Result.Broken.Count > 0) ? RigExit.Broken
        : _runs.Exists(run => run.Result.NotRun is not null) ? RigExit.NotRun
        : RigExit.Kept;

    public void Add(Trial trial, TrialResult result) => _runs.Add((trial, result));

    /// <summary>One run in a line.</summary>
    public string Line(Trial trial, TrialResult result)
    {
        var head = $"{_runs.Count,4}  {trial}";
        if (result.NotRun is { } why) return $"{head}: not run, {why}";
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{head} ({result.Moment}): {(result.Struck ? "struck" : "not reached")}, lost {result.Lost}, repeated {result.Repeated}, in doubt {result.Unknown}, claimed at kill {Words(result.InDoubt)}, resumed {Words(result.Resumed)} s, took {result.Seconds:0.0} s");
        if (result.Broken.Count == 0) return text;
        var said = result.Broken.Take(MostSaid).Select(what => $"{Environment.NewLine}      BROKEN {what}");
        var more = result.Broken.Count > MostSaid ? $"{Environment.NewLine}      BROKEN and {result.Broken.Count - MostSaid} more" : "";
        return $"{text}{string.Concat(said)}{more}{Environment.NewLine}      data kept in {result.Kept}";
    }

    public string Table()
    {
        var text = new StringBuilder().AppendLine()
            .AppendLine("what                     runs  struck  lost  repeated  in doubt   mean  worst  resume s  broken");
        foreach (var line in Lines())
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{line.What,-24} {line.Runs,4}  {line.Struck,6}  {line.Lost,4}  {line.Repeated,8}  {line.InDoubt,8}  {line.MeanInDoubt,5:0.0}  {line.WorstInDoubt,5}  {line.WorstResume,8:0.00}  {line.Broken,6}{(line.NotRun > 0 ? $"  not run: {line.NotRun}" : "")}");
        }

        return text.Append("in doubt: claimed and not recorded at a kill, in all, by kill, and at most").ToString();
    }

    public string Json() => JsonSerializer.Serialize(
        new
        {
            schema = "closedloop.rig/v1",
            options.Seed,
            options.Recipients,
            options.Database,
            options.Engine,
            ExitCode,
            Lines = Lines(),
            Broken = _runs.Where(run => run.Result.Broken.Count > 0).Select(run => new { Run = run.Trial.ToString(), run.Result.Moment, run.Result.Broken, run.Result.Kept }),
        },
        Indented);

    private List<ReportLine> Lines()
    {
        var lines = _runs.GroupBy(run => run.Trial.Group).Select(group => ReportLine.Of(group.Key, [.. group.Select(run => run.Result)])).ToList();
        lines.Add(ReportLine.Of("all", [.. _runs.Select(run => run.Result)]));
        return lines;
    }

    private static string Words<T>(List<T> values)
        where T : IFormattable => values.Count == 0 ? "-" : string.Join('+', values.Select(value => value.ToString("0.##", CultureInfo.InvariantCulture)));
}
