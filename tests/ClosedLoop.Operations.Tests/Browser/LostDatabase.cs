namespace ClosedLoop.Operations.Tests.Browser;

/// <summary>An installation on a file, which can be taken away from it.</summary>
public sealed class LostDatabase : BrowserHere
{
    private string Database => Path.Combine(Installation.Data, "closedloop.db");

    /// <summary>Nobody who opens the database from now on finds it; a folder stands in its place, so that none is made anew.</summary>
    public void TakeAway()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        File.Move(Database, Database + ".gone");
        Directory.CreateDirectory(Database);
    }

    public override async Task DisposeAsync()
    {
        if (Directory.Exists(Database))
        {
            Directory.Delete(Database);
            File.Move(Database + ".gone", Database);
        }

        await base.DisposeAsync();
    }

    private protected override Task<Installation> InstallAsync() => Installation.CreateAsync(onFile: true);
}
