namespace ClosedLoop.Mail.Tests.Support;

/// <summary>A test on outside data; skipped, not passed, where the data is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(string path)
    {
        if (!Path.Exists(SharedData.PathOf(path)))
        {
            Skip = $"outside data '{path}' is not here; set CLOSEDLOOP_SHARED to the folder that holds it";
        }
    }
}
