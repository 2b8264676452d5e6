using ClosedLoop.Model.Clients;

namespace ClosedLoop.Silo.Hosting;

/// <summary>Where a client's folders are.</summary>
internal static class SiloLayout
{
    public static string RootOf(ClientDefinition client, string dropPath) =>
        Path.GetFullPath(Path.Combine(dropPath, client.Folders.Root ?? client.Key));
}
