namespace ClosedLoop.Mail.Tests.Support;

/// <summary>Finds outside data: in the folder CLOSEDLOOP_SHARED names, else beside the repository.</summary>
internal static class SharedData
{
    public static string PathOf(string path)
    {
        var root = Environment.GetEnvironmentVariable("CLOSEDLOOP_SHARED");
        if (string.IsNullOrEmpty(root))
        {
            root = Repository.PathOf("..", "shared");
        }

        return Path.Combine(root, "data", path);
    }
}
