using System.CommandLine;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>licences</c>: what of others is part of the program; needs no installation.</summary>
internal static class LicencesCommand
{
    public static Command Create()
    {
        var json = SharedOptions.Json();
        var command = new Command("licences", "Packages of others that are part of the program, with version, licence (SPDX) and copyright.") { json };
        command.SetAction((parsed, _) =>
        {
            var all = ThirdParty.All;
            if (parsed.GetValue(json))
            {
                Output.WriteJson(new { schema = Output.Schema, version = ProgramVersion.Text, licences = all });
                return Task.FromResult(ExitCode.Ok);
            }

            var (name, version, licence) = (all.Max(line => line.Name.Length), all.Max(line => line.Version.Length), all.Max(line => line.Licence.Length));
            foreach (var line in all) Console.Out.WriteLine($"{line.Name.PadRight(name)}  {line.Version.PadRight(version)}  {line.Licence.PadRight(licence)}  {line.Copyright}".TrimEnd());
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }
}
