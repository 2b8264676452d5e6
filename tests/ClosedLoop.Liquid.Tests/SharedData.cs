namespace ClosedLoop.Liquid.Tests;

/// <summary>Finds outside data: in the folder CLOSEDLOOP_SHARED names, else beside the repository.</summary>
internal static class SharedData
{
    public static string PathOf(string path)
    {
        var root = Environment.GetEnvironmentVariable("CLOSEDLOOP_SHARED");
        if (string.IsNullOrEmpty(root))
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ClosedLoop.sln")))
            {
                folder = folder.Parent;
            }

            root = Path.Combine(folder?.Parent?.FullName ?? "", "shared");
        }

        return Path.Combine(root, "data", path);
    }
}
