using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Optimove;

namespace ClosedLoop.Silo.Definitions;

/// <summary>Connectors as files: <c>&lt;client&gt;/optimove.json</c>, keys in files beside it.</summary>
internal static class OptimoveFiles
{
    public const string Name = "optimove.json";

    /// <summary>Reads the connector of a client's folder, its keys included.</summary>
    /// <returns>Null when there is none, or it cannot be read.</returns>
    public static OptimoveFile? Read(string clientFile, List<string> faults)
    {
        var path = Path.Combine(Path.GetDirectoryName(clientFile)!, Name);
        if (!File.Exists(path) || DefinitionReader.Parse<OptimoveFile>(path, faults) is not { } file) return null;
        if (file is { ApiKey: not null } or { AttributeApiKey: not null } or { EngagementToken: not null } or { Password: not null })
        {
            faults.Add($"{path}: holds a key; expected its file name in apiKeyFile, attributeApiKeyFile, engagementTokenFile or passwordFile, because definitions are shown and shared.");
            return null;
        }

        return file with
        {
            ApiKey = Key(path, file.ApiKeyFile, faults),
            AttributeApiKey = Key(path, file.AttributeApiKeyFile, faults),
            EngagementToken = Key(path, file.EngagementTokenFile, faults),
            Password = Key(path, file.PasswordFile, faults),
        };
    }

    private static string? Key(string file, string? name, List<string> faults)
    {
        if (name is null) return null;
        var path = Path.Combine(Path.GetDirectoryName(file)!, name);
        if (File.Exists(path)) return File.ReadAllText(path).Trim();
        faults.Add($"{file}: the key file '{name}' does not exist.");
        return null;
    }

    /// <summary>What is wrong with connectors, named by their clients.</summary>
    public static IEnumerable<string> Faults(IEnumerable<(ClientDefinition Client, OptimoveFile File)> connectors, Func<OptimoveFile, ClientDefinition, IReadOnlyList<string>> check) =>
        connectors.SelectMany(connector => check(connector.File, connector.Client).Select(fault => $"{connector.Client.Key}/{Name}: {fault}"));
}
