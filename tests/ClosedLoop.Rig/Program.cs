using ClosedLoop.Rig;
using ClosedLoop.Rig.Trials;

if (RigOptions.Parse(args) is not { } options) return RigExit.Usage;
var progress = options.Json ? Console.Error : Console.Out;
await progress.WriteLineAsync($"seed {options.Seed}, {options.Recipients} recipients a run, database {options.Database}, engine {options.Engine}");
if (Available.Missing(options) is { } missing)
{
    await progress.WriteLineAsync($"not run: {missing}");
    return RigExit.NotRun;
}

var report = new RigReport(options);
foreach (var trial in Schedule.Of(options))
{
    var result = await TrialRun.RunAsync(trial, options);
    report.Add(trial, result);
    await progress.WriteLineAsync(report.Line(trial, result));
}

await Console.Out.WriteLineAsync(options.Json ? report.Json() : report.Table());
return report.ExitCode;
