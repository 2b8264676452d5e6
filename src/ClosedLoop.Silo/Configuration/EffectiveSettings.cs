using System.Collections;
using System.Globalization;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Configuration.Memory;

namespace ClosedLoop.Silo.Configuration;

/// <summary>Every setting with its value and where that comes from.</summary>
internal static class EffectiveSettings
{
    public static IReadOnlyList<SettingEntry> Of(SiloSettings settings, IConfigurationRoot configuration)
    {
        var entries = new List<SettingEntry>();
        Add(entries, SiloSettings.Section, settings, configuration);
        return entries;
    }

    private static void Add(List<SettingEntry> entries, string path, object group, IConfigurationRoot configuration)
    {
        foreach (var property in group.GetType().GetProperties().Where(property => property.CanWrite || property.SetMethod is not null))
        {
            var (key, value) = ($"{path}:{property.Name}", property.GetValue(group));
            if (value is IList list)
            {
                for (var i = 0; i < list.Count; i++) Add(entries, string.Create(CultureInfo.InvariantCulture, $"{key}:{i}"), list[i]!, configuration);
            }
            else if (value?.GetType() is { Namespace: "ClosedLoop.Silo.Configuration", IsEnum: false })
            {
                Add(entries, key, value, configuration);
            }
            else
            {
                entries.Add(new SettingEntry(key, Shown(key, value), SourceOf(configuration, key)));
            }
        }
    }

    private static string? Shown(string key, object? value) => value is null ? null : key.EndsWith("ConnectionString", StringComparison.Ordinal) ? "***" : Convert.ToString(value, CultureInfo.InvariantCulture);

    private static string SourceOf(IConfigurationRoot configuration, string key) => configuration.Providers.Reverse().FirstOrDefault(provider => provider.TryGet(key, out _)) switch
    {
        JsonConfigurationProvider json => Path.Combine((json.Source.FileProvider as Microsoft.Extensions.FileProviders.PhysicalFileProvider)?.Root ?? "", json.Source.Path!),
        EnvironmentVariablesConfigurationProvider => "environment",
        MemoryConfigurationProvider => "command line",
        _ => "default",
    };
}
