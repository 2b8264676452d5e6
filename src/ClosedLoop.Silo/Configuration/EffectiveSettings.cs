using System.Collections;
using System.Globalization;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Configuration.Memory;

namespace ClosedLoop.Silo.Configuration;

/// <summary>Every setting with its value and where that comes from.</summary>
internal static class EffectiveSettings
{
    /// <summary>Ends of the names of settings that are secrets.</summary>
    private static readonly string[] Secret = ["Password", "Secret", "Token", "Key", "ConnectionString"];

    public static IReadOnlyList<SettingEntry> Of(SiloSettings settings, IConfigurationRoot configuration)
    {
        var entries = new List<SettingEntry>();
        Add(entries, SiloSettings.Section, settings, new SiloSettings(), configuration);
        return entries;
    }

    /// <summary>The same entry without what is nobody's business; names of files and variables that hold secrets are shown.</summary>
    public static SettingEntry Masked(SettingEntry entry) =>
        entry.Value is { Length: > 0 } && Array.Exists(Secret, end => entry.Key.EndsWith(end, StringComparison.OrdinalIgnoreCase)) ? entry with { Value = "***" } : entry;

    private static void Add(List<SettingEntry> entries, string path, object group, object defaults, IConfigurationRoot configuration)
    {
        foreach (var property in group.GetType().GetProperties().Where(property => property.CanWrite || property.SetMethod is not null))
        {
            var (key, value) = ($"{path}:{property.Name}", property.GetValue(group));
            if (value is IList list)
            {
                for (var i = 0; i < list.Count; i++) Add(entries, string.Create(CultureInfo.InvariantCulture, $"{key}:{i}"), list[i]!, Activator.CreateInstance(list[i]!.GetType())!, configuration);
            }
            else if (value?.GetType() is { Namespace: "ClosedLoop.Silo.Configuration", IsEnum: false })
            {
                Add(entries, key, value, property.GetValue(defaults) ?? Activator.CreateInstance(value.GetType())!, configuration);
            }
            else
            {
                entries.Add(new SettingEntry(key, Shown(key, value), SourceOf(configuration, key, isDefault: Equals(value, property.GetValue(defaults)))));
            }
        }
    }

    private static string? Shown(string key, object? value) => value is null ? null : key.EndsWith("ConnectionString", StringComparison.Ordinal) ? "***" : Convert.ToString(value, CultureInfo.InvariantCulture);

    private static string SourceOf(IConfigurationRoot configuration, string key, bool isDefault) => configuration.Providers.Reverse().FirstOrDefault(provider => provider.TryGet(key, out _)) switch
    {
        JsonConfigurationProvider json => Path.Combine((json.Source.FileProvider as Microsoft.Extensions.FileProviders.PhysicalFileProvider)?.Root ?? "", json.Source.Path!),
        EnvironmentVariablesConfigurationProvider => "environment",
        MemoryConfigurationProvider => "command line",

        // The demonstration changes some for itself.
        _ => isDefault ? "default" : "program",
    };
}
