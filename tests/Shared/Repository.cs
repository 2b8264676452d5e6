namespace ClosedLoop.Testing;

/// <summary>The checkout the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ClosedLoop.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException($"ClosedLoop.sln is in no folder above {AppContext.BaseDirectory}");
    }
}
