using System.Reflection;
using System.Text.Json;
using ClosedLoop.Silo.Commands;

namespace ClosedLoop.Silo.Simulation;

/// <summary>The scenarios that come with the program, and those of operators as JSON files.</summary>
internal static class Scenarios
{
    private const int MostRecipients = 1_000_000;

    private static readonly Scenario[] BuiltIn =
    [
        new(),
        new() { Name = "quiet", OpenPercent = 12, ClickPercent = 5, ProxyPercent = 5, ScannerPercent = 0, RefusedPercent = 0.2, HardBouncePercent = 0.2, SoftBouncePercent = 0.3, OutOfOfficePercent = 0.5 },
        new() { Name = "scanners", ScannerPercent = 60, ProxyPercent = 60, OpenPercent = 10, ClickPercent = 10 },
        new() { Name = "trouble", RejectedPercent = 5, RefusedPercent = 10, FullPercent = 5, HardBouncePercent = 10, SoftBouncePercent = 10, OutOfOfficePercent = 10, ComplaintPercent = 5, UnsubscribePercent = 8 },
    ];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    public static IEnumerable<string> Names => BuiltIn.Select(scenario => scenario.Name);

    /// <param name="nameOrFile">A name, or the path of a file; what a file leaves out is as in <c>everyday</c>.</param>
    /// <exception cref="CommandException">Neither, or out of bounds: CL9661.</exception>
    public static Scenario Find(string nameOrFile) => BuiltIn.FirstOrDefault(scenario => scenario.Name == nameOrFile) ?? Read(nameOrFile);

    /// <exception cref="CommandException">Something is out of bounds: CL9661, all of it at once.</exception>
    public static Scenario Checked(Scenario scenario)
    {
        var faults = new List<string>();
        foreach (var percent in typeof(Scenario).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.PropertyType == typeof(double) && property.Name.EndsWith("Percent", StringComparison.Ordinal)))
        {
            if (percent.GetValue(scenario) is not (>= 0.0 and <= 100.0)) faults.Add($"{JsonNamingPolicy.CamelCase.ConvertName(percent.Name)}: expected 0 to 100");
        }

        if (scenario.RejectedPercent + scenario.RefusedPercent + scenario.FullPercent + scenario.HardBouncePercent + scenario.SoftBouncePercent is not <= 100) faults.Add("rejected, refused, full, hardBounce and softBounce together: expected at most 100");
        if (scenario.Recipients is < 1 or > MostRecipients) faults.Add($"recipients: expected 1 to {MostRecipients}");
        if (scenario.OverSeconds is not (>= 0 and <= 172_800)) faults.Add("overSeconds: expected 0 to 172800, which is no pressing at all");
        return faults.Count == 0 ? scenario : throw new CommandException(ExitCode.Usage, $"CL9661: scenario {scenario.Name}: {string.Join("; ", faults)}.");
    }

    private static Scenario Read(string path)
    {
        if (!File.Exists(path)) throw new CommandException(ExitCode.NotFound, $"CL9661: '{path}' is neither a scenario ({string.Join(", ", Names)}) nor a file.");
        try
        {
            var scenario = JsonSerializer.Deserialize<Scenario>(File.ReadAllText(path), Json)!;
            return scenario.Name == new Scenario().Name ? scenario with { Name = Path.GetFileNameWithoutExtension(path) } : scenario;
        }
        catch (JsonException e)
        {
            throw new CommandException(ExitCode.Usage, $"CL9661: {path}: {e.Message}");
        }
    }
}
