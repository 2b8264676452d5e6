namespace ClosedLoop.Testing.Servers;

/// <summary>A test against a real POP3 server; skipped, with the way to install it, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DovecotFactAttribute : FactAttribute
{
    public DovecotFactAttribute() => Skip = OperatingSystem.IsWindows() ? "dovecot does not run on Windows" : DovecotBox.WhyNot();
}
