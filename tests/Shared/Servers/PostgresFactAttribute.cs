namespace ClosedLoop.Testing.Servers;

/// <summary>A test against a real PostgreSQL; skipped, with what to install, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.WhyNot();
}
