namespace ClosedLoop.Grains.Tests;

/// <summary>As <see cref="OrleansScriptsFactAttribute"/>, and an empty PostgreSQL database whose connection string is in CLOSEDLOOP_POSTGRES.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OrleansPostgresFactAttribute : FactAttribute
{
    public OrleansPostgresFactAttribute()
    {
        if (OrleansScriptsFactAttribute.Folder is null || ConnectionString is null)
            Skip = "CLOSEDLOOP_ORLEANS_SQL and CLOSEDLOOP_POSTGRES are not both set.";
    }

    public static string? ConnectionString => Environment.GetEnvironmentVariable("CLOSEDLOOP_POSTGRES");
}
