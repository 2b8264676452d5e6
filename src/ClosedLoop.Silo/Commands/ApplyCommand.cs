using System.CommandLine;
using ClosedLoop.Data.Accounts;
using ClosedLoop.Data.Clients;
using ClosedLoop.Optimove;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Definitions;
using ClosedLoop.Silo.Hosting;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>apply DIR</c>: stores clients and source mailings from files, as new versions where they changed.</summary>
internal static class ApplyCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "Folder with <client>/client.json, <client>/mailings/<name>/mailing.json and <client>/account.json." };
        var data = SharedOptions.Data();
        var set = SharedOptions.Set();
        var json = SharedOptions.Json();
        var command = new Command("apply", "Stores client definitions, source mailings and accounts from a folder.") { folder, data, set, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = SharedOptions.Settings(parsed.GetValue(data), parsed.GetValue(set));
            var applied = await ApplyAsync(settings, parsed.GetValue(folder)!);
            if (parsed.GetValue(json))
            {
                Output.WriteJson(new { schema = Output.Schema, applied });
            }
            else
            {
                foreach (var item in applied) Console.Out.WriteLine($"{item.Kind,-8} {item.Id,-14} version {item.Version} {(item.Changed ? "stored" : "unchanged")}  {item.Name}");
            }

            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>Reads the whole folder before anything is stored.</summary>
    public static async Task<IReadOnlyList<AppliedDefinition>> ApplyAsync(SiloSettings settings, string folder)
    {
        var set = DefinitionFolder.Read(folder);
        var services = new ServiceCollection();
        Directory.CreateDirectory(settings.DataPath);
        SiloHost.AddData(services, settings);
        services.AddOptimoveStores(SiloOptimove.Options(settings));
        await using var provider = services.BuildServiceProvider();
        return await set.StoreAsync(
            provider.GetRequiredService<DefinitionStore>(), provider.GetRequiredService<AccountStore>(), set.Connectors.Count == 0 ? null : provider.GetRequiredService<ConnectorSaving>());
    }
}
