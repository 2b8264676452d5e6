namespace ClosedLoop.Mail.Tests.Support;

/// <summary>A test that needs a program of the machine; skipped, with the way to install it, when that is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsFactAttribute : FactAttribute
{
    public NeedsFactAttribute(string program, string package)
    {
        if (Find(program) is null)
            Skip = $"{program} is not installed: apt-get install {package}";
    }

    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Append("/usr/bin")
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
