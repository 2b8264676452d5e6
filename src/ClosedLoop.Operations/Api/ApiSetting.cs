namespace ClosedLoop.Operations.Api;

/// <summary>A setting in force and where it comes from; secrets are masked.</summary>
internal sealed record ApiSetting(string Key, string Value, string Source);
