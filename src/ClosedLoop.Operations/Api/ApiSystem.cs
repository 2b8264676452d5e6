namespace ClosedLoop.Operations.Api;

/// <summary>The process and its installation.</summary>
internal sealed record ApiSystem(string Version, IReadOnlyDictionary<string, string> Facts, ApiProcesses Processes, ApiClock? Clock, ApiDrain Drain, IReadOnlyList<ApiMachinePoint> Machine, IReadOnlyList<ApiKeyFile> Keys, IReadOnlyList<ApiSetting>? Settings);
