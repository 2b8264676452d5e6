namespace ClosedLoop.Silo.Configuration;

/// <summary>A setting in force. <paramref name="Value"/> is masked when it is a secret.</summary>
internal sealed record SettingEntry(string Key, string? Value, string Source);
