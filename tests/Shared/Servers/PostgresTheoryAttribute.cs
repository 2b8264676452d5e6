namespace ClosedLoop.Testing.Servers;

/// <summary>A theory against a real PostgreSQL; skipped, with what to install, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute() => Skip = PostgresServer.WhyNot();
}
