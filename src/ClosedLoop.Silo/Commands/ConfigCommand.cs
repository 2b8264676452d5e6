using System.CommandLine;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>config show|validate</c>.</summary>
internal static class ConfigCommand
{
    public static Command Create()
    {
        var command = new Command("config", "The settings in force.");
        command.Subcommands.Add(Show());
        command.Subcommands.Add(Validate());
        return command;
    }

    private static Command Show()
    {
        var data = SharedOptions.Data();
        var set = SharedOptions.Set();
        var json = SharedOptions.Json();
        var changed = new Option<bool>("--changed") { Description = "Only what is not as the program has it." };
        var command = new Command("show", "Every setting with its value and where it comes from; secrets masked.") { changed, data, set, json };
        command.SetAction((parsed, _) =>
        {
            var (settings, configuration) = SharedOptions.Read(parsed.GetValue(data), parsed.GetValue(set));
            var entries = EffectiveSettings.Of(settings, configuration).Where(entry => !parsed.GetValue(changed) || entry.Source != "default").ToList();
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, settings = entries });
            else foreach (var entry in entries) Console.Out.WriteLine($"{entry.Key} = {entry.Value ?? "-"}  ({entry.Source})");
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }

    private static Command Validate()
    {
        var data = SharedOptions.Data();
        var set = SharedOptions.Set();
        var json = SharedOptions.Json();
        var command = new Command("validate", "Checks the settings as the service would at its start; exit code 0 or 3.") { data, set, json };
        command.SetAction((parsed, _) =>
        {
            var faults = SettingsValidator.Validate(SharedOptions.Settings(parsed.GetValue(data), parsed.GetValue(set)));
            if (parsed.GetValue(json)) Output.WriteJson(new { schema = Output.Schema, ok = faults.Count == 0, faults });
            else foreach (var fault in faults) Console.Out.WriteLine(fault);
            Console.Error.WriteLine(faults.Count == 0 ? "the settings are in order" : $"{faults.Count} faults");
            return Task.FromResult(faults.Count == 0 ? ExitCode.Ok : ExitCode.Configuration);
        });
        return command;
    }
}
