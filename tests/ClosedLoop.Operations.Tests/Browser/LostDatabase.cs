namespace ClosedLoop.Operations.Tests.Browser;

/// <summary>An installation on a file, which can be taken away from it.</summary>
public sealed class LostDatabase : BrowserHere
{
    private string Database => Path.Combine(Installation.Data, "closedloop.db");

    /// <summary>Nobody who opens the database from now on finds it; a folder stands in its place, so that none is made anew.</summary>
    public void TakeAway()
    {
        File.Move(Database, Database + ".gone");
        while (!Directory.Exists(Database))
        {
            // Whoever opened it just now made it anew.
            File.Delete(Database);
            try
            {
                Directory.CreateDirectory(Database);
            }
            catch (IOException)
            {
                // Made anew between the two.
            }
        }

        // Last: a connection opened before the move would otherwise be kept, and go on reading what was moved.
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
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
