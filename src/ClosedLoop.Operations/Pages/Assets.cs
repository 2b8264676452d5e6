using System.Reflection;
using System.Security.Cryptography;

namespace ClosedLoop.Operations.Pages;

/// <summary>Style, script and icon, carried in the program and named by their content, so that a browser may keep them for ever.</summary>
internal static class Assets
{
    private static readonly Dictionary<string, (byte[] Body, string Type, string Mark)> Files = Load();

    public static string Href(string name) => $"/assets/{name}?v={Files[name].Mark}";

    public static (byte[] Body, string Type)? Find(string name) => Files.TryGetValue(name, out var file) ? (file.Body, file.Type) : null;

    private static Dictionary<string, (byte[] Body, string Type, string Mark)> Load()
    {
        const string Prefix = "ClosedLoop.Operations.Assets.";
        var assembly = Assembly.GetExecutingAssembly();
        var files = new Dictionary<string, (byte[], string, string)>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var body = new byte[stream.Length];
            stream.ReadExactly(body);
            var name = resource[Prefix.Length..];
            files.Add(name, (body, TypeOf(name), Convert.ToHexStringLower(SHA256.HashData(body))[..12]));
        }

        return files;
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        _ => "image/svg+xml",
    };
}
