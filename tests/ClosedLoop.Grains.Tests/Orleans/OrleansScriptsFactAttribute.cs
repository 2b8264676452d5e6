namespace ClosedLoop.Grains.Tests;

/// <summary>
/// A test that needs the SQL scripts of Orleans' ADO.NET providers: folder <c>src/AdoNet</c> of its source, in CLOSEDLOOP_ORLEANS_SQL.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OrleansScriptsFactAttribute : FactAttribute
{
    public OrleansScriptsFactAttribute()
    {
        if (Folder is null)
            Skip = "CLOSEDLOOP_ORLEANS_SQL does not name the folder src/AdoNet of the Orleans source.";
    }

    public static string? Folder => Environment.GetEnvironmentVariable("CLOSEDLOOP_ORLEANS_SQL");
}
