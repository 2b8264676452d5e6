using System.Text.Json;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Docs;

/// <summary>Whose work is shipped stands in src/ClosedLoop.Silo/third-party.json: whoever adds a package, or takes a newer one, adds its line.</summary>
[Collection("console and environment")]
public sealed class ThirdPartyTests
{
    [Fact]
    public void Every_package_that_is_shipped_has_a_line_and_no_other_has()
    {
        var shipped = Shipped();
        Assert.InRange(shipped.Count, 15, 200);
        Assert.Equal(shipped.Keys, ThirdParty.All.Select(line => line.Name));
        Assert.All(ThirdParty.All, line => Assert.False(string.IsNullOrWhiteSpace(line.Licence), line.Name));

        // What comes with Orleans rests on versions that its packages were built with, which who builds them himself chooses.
        if (Engine == "Embedded") Assert.Equal(shipped, ThirdParty.All.ToDictionary(line => line.Name, line => line.Version, StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_command_lists_them_for_people_and_for_programs()
    {
        var text = await Cli.RunAsync("licences");
        Assert.Equal((0, ""), (text.ExitCode, text.Error));
        Assert.Matches("(?m)^Npgsql +[0-9.]+ +PostgreSQL +Copyright ", text.Out);
        using var json = JsonDocument.Parse((await Cli.RunAsync("licences", "--json")).Out);
        Assert.Equal(ThirdParty.All.Count, json.RootElement.GetProperty("licences").GetArrayLength());
    }

    /// <summary>Packages with files that lie beside the program, by name.</summary>
    private static SortedDictionary<string, string> Shipped()
    {
        using var assets = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("src", "ClosedLoop.Silo", "obj", Engine, "project.assets.json")));
        var shipped = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var package in assets.RootElement.GetProperty("targets").EnumerateObject().First().Value.EnumerateObject())
        {
            if (package.Value.GetProperty("type").GetString() != "package" || !HasFiles(package.Value)) continue;
            var (name, version) = (package.Name[..package.Name.IndexOf('/', StringComparison.Ordinal)], package.Name[(package.Name.IndexOf('/', StringComparison.Ordinal) + 1)..]);
            shipped.Add(name, version);
        }

        return shipped;
    }

    /// <summary>A name that ends in <c>_._</c> stands for no file.</summary>
    private static bool HasFiles(JsonElement package) => ((string[])["runtime", "native", "runtimeTargets"]).Any(kind =>
        package.TryGetProperty(kind, out var files) && files.EnumerateObject().Any(file => !file.Name.EndsWith("_._", StringComparison.Ordinal)));

    /// <summary>Folder name of the build: <c>bin/ENGINE/CONFIGURATION/net10.0</c>.</summary>
    private static string Engine => Directory.GetParent(AppContext.BaseDirectory.TrimEnd('/'))!.Parent!.Name;
}
