using System.Text.Json;
using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Silo.Configuration;

/// <summary>Packages of others that this build ships, with their licences (third-party.json; a test compares it with what is built).</summary>
internal static class ThirdParty
{
#if ENGINE_ORLEANS
    private const string Engine = "Orleans";
#else
    private const string Engine = "Embedded";
#endif

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>By name.</summary>
    public static IReadOnlyList<LicenceLine> All { get; } = [.. Entries().Where(entry => entry.Engine is null or Engine).Select(entry => new LicenceLine(entry.Name, entry.Version, entry.Licence, entry.Copyright))];

    private static List<Entry> Entries()
    {
        using var file = typeof(ThirdParty).Assembly.GetManifestResourceStream("ClosedLoop.Silo.third-party.json")!;
        return JsonSerializer.Deserialize<List<Entry>>(file, Options)!;
    }

    /// <param name="Name">Id of the package.</param>
    /// <param name="Version">Its version.</param>
    /// <param name="Licence">SPDX expression, as its own nuspec has it.</param>
    /// <param name="Copyright">Its notice, where it has one.</param>
    /// <param name="Engine">The only engine whose build ships it; <c>null</c> when all do.</param>
    private sealed record Entry(string Name, string Version, string Licence, string? Copyright, string? Engine);
}
