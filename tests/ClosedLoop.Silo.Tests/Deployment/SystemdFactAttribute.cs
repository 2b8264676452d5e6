namespace ClosedLoop.Silo.Tests.Deployment;

/// <summary>A test that needs systemd's own judge of units; skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SystemdFactAttribute : FactAttribute
{
    public const string Program = "/usr/bin/systemd-analyze";

    public SystemdFactAttribute()
    {
        if (!File.Exists(Program)) Skip = $"{Program} is not installed: apt-get install systemd";
    }
}
