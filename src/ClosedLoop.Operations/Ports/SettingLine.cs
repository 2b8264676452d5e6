namespace ClosedLoop.Operations.Ports;

/// <summary>A setting in force.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">Its value; masked when it is a secret.</param>
/// <param name="Source">Where it comes from: a file, the environment, the command line, or the default.</param>
public sealed record SettingLine(string Key, string Value, string Source);
