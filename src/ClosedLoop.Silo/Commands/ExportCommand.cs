using System.CommandLine;
using System.Globalization;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>export ls|show|run|rebuild|verify</c>; <c>exports</c> is the same.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var command = new Command("export", "The response export.");
        command.Aliases.Add("exports");
        command.Subcommands.Add(ExportsList.List());
        command.Subcommands.Add(ExportsList.Show());
        command.Subcommands.Add(Run());
        command.Subcommands.Add(Rebuild());
        command.Subcommands.Add(ExportVerify.Create());
        return command;
    }

    private static Command Run()
    {
        var client = new Argument<string>("CLIENT") { Description = "Key of the client." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("run", "Cuts off now and writes the eight files.") { client, data, json };
        command.SetAction((parsed, cancellation) => OperatorClient.PostAsync(
            SharedOptions.Settings(parsed.GetValue(data)), $"/clients/{Uri.EscapeDataString(parsed.GetValue(client)!)}/export", parsed.GetValue(json), cancellation));
        return command;
    }

    private static Command Rebuild()
    {
        var run = new Argument<long>("RUN") { Description = "Number of the run, as in the manifest." };
        var folder = new Argument<string>("DIR") { Description = "Where the files are written; the published ones stay as they are." };
        var data = SharedOptions.Data();
        var json = SharedOptions.Json();
        var command = new Command("rebuild", "Writes the files of an earlier run again and compares them with its manifest.") { run, folder, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = SharedOptions.Settings(parsed.GetValue(data));
            var result = await ExportRebuild.RunAsync(settings, parsed.GetValue(run), parsed.GetValue(folder)!, cancellation);
            if (parsed.GetValue(json))
            {
                Output.WriteJson(new { schema = Output.Schema, result.Identical, files = result.Files });
            }
            else
            {
                foreach (var file in result.Files) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file.Name}  {file.Rows} rows  {file.Sha256}"));
                Console.Out.WriteLine(result.Identical ? "identical to the published files" : "DIFFERENT from the published files");
            }

            return result.Identical ? ExitCode.Ok : ExitCode.InvalidData;
        });
        return command;
    }
}
