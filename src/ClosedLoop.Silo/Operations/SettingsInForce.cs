using ClosedLoop.Operations.Ports;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Operations;

/// <summary>The settings in force, for looking at: where each comes from, and none that is a secret.</summary>
internal static class SettingsInForce
{
    /// <param name="settings">As they are.</param>
    /// <param name="configuration">What they were read from; <c>null</c> when they were made by code.</param>
    public static IReadOnlyList<SettingLine> Of(SiloSettings settings, IConfigurationRoot? configuration) =>
        [.. EffectiveSettings.Of(settings, configuration ?? new ConfigurationBuilder().Build()).Select(EffectiveSettings.Masked).Select(entry => new SettingLine(entry.Key, entry.Value ?? "", entry.Source))];
}
