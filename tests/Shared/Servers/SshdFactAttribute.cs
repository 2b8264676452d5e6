namespace ClosedLoop.Testing.Servers;

/// <summary>A test against a real sshd; skipped, with what to install, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SshdFactAttribute : FactAttribute
{
    public SshdFactAttribute()
    {
        if (Sshd.Program is null) Skip = "sshd or ssh is missing: apt-get install openssh-server openssh-client";
    }
}
