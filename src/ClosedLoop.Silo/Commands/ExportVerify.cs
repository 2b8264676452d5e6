using System.CommandLine;
using System.Globalization;
using ClosedLoop.Responses.Export;
using ClosedLoop.Responses.Export.Verification;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>export verify</c>: checks fetched response files against their manifests, with no installation at hand.</summary>
internal static class ExportVerify
{
    public static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = "A manifest, or a folder with the files and manifests of one or more runs." };
        var json = SharedOptions.Json();
        var command = new Command("verify", "Checks fetched response files offline against the manifest beside them; exit code 0 or 6.") { path, json };
        command.SetAction((parsed, cancellation) =>
        {
            var sets = Sets(parsed.GetValue(path)!, cancellation);
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, ok = sets.All(set => set.Ok), sets });
            else Print(sets);
            return Task.FromResult(sets.All(set => set.Ok) ? ExitCode.Ok : ExitCode.InvalidData);
        });
        return command;
    }

    private static IReadOnlyList<VerifiedSet> Sets(string path, CancellationToken cancellation)
    {
        if (!Path.Exists(path)) throw new CommandException(ExitCode.NotFound, $"CL2006: {path} does not exist.");
        try
        {
            return ExportVerifier.Verify(path, cancellation);
        }
        catch (ExportException e)
        {
            throw new CommandException(ExitCode.InvalidData, e.Message);
        }
    }

    private static void Print(IReadOnlyList<VerifiedSet> sets)
    {
        foreach (var set in sets)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{set.Manifest}: run {set.Run}, {set.Rows} rows: {(set.Ok ? "ok" : "NOT OK")}"));
            foreach (var fault in set.Faults)
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {fault.Code} {fault.File}{(fault.Row > 0 ? $" row {fault.Row}" : "")}: {fault.Message}"));
            if (set.FaultCount > set.Faults.Count) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  and {set.FaultCount - set.Faults.Count} more"));
        }
    }
}
