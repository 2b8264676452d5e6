using System.Reflection;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Demo;

/// <summary>The demonstration's client and source mailing, as files to look at and change.</summary>
internal static class DemoContent
{
    private static readonly string[] Files = ["client.json", "mailings/spring/mailing.json", "mailings/spring/body.html.liquid", "mailings/spring/body.txt.liquid"];

    /// <summary>Writes the definitions where there are none; what somebody changed stays.</summary>
    /// <returns>The folder to apply.</returns>
    public static string WriteTo(SiloSettings settings)
    {
        var folder = Path.Combine(settings.DataPath, "definitions");
        foreach (var file in Files)
        {
            var path = Path.Combine(folder, "demo", file);
            if (File.Exists(path)) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var source = Assembly.GetExecutingAssembly().GetManifestResourceStream("ClosedLoop.Silo.Demo.Content." + file.Replace('/', '.'))
                ?? throw new InvalidOperationException($"the program lacks its resource {file}");
            using var target = File.Create(path);
            source.CopyTo(target);
        }

        return folder;
    }

    public static IEnumerable<string> WhereToLook(SiloSettings settings, bool ends, string dashboard)
    {
        var drop = Path.Combine(settings.DropPath, "demo");
        yield return $"eight response files   {Path.Combine(drop, "out")}";
        yield return $"rejected rows          {Path.Combine(drop, "log")} (a file that fails as a whole: {Path.Combine(drop, "error")})";
        yield return $"mail the sink took     {settings.SinkPath}";
        yield return $"client and templates   {Path.Combine(settings.DataPath, "definitions", "demo")}";
        yield return "";
        if (ends)
        {
            yield return "closedloop demo          the same, and keeps serving";
            yield break;
        }

        yield return $"dashboard, once        {dashboard}";
        yield return "Still serving. In another terminal:";
        yield return $"  closedloop check my.csv --client demo --data {settings.Data}";
        yield return $"  cp my.csv {Path.Combine(drop, "in", "my.tmp")}, then mv it to YYYYMMDDHHMMSS_subscribers.csv beside it";
        yield return $"  closedloop status --data {settings.Data}";
        yield return "Before real people get mail: docs/going-live.md. Ctrl-C ends.";
    }
}
