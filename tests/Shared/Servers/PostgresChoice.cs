namespace ClosedLoop.Testing.Servers;

/// <summary>Whether a whole test project is to run on PostgreSQL: <c>CLOSEDLOOP_TEST_DATABASE=postgres</c>.</summary>
internal static class PostgresChoice
{
    public static bool IsMade { get; } = Environment.GetEnvironmentVariable("CLOSEDLOOP_TEST_DATABASE") switch
    {
        null or "" or "sqlite" => false,
        "postgres" => PostgresServer.WhyNot() is { } reason ? throw new InvalidOperationException(reason) : true,
        var other => throw new InvalidOperationException($"CLOSEDLOOP_TEST_DATABASE is '{other}'; expected sqlite or postgres."),
    };
}
