namespace ClosedLoop.Operations.Tests.Browser;

/// <summary>An installation on a file, which can be taken away from it.</summary>
public sealed class LostDatabase : BrowserHere
{
    /// <summary>Nobody who opens the database from now on finds it; a folder stands in its place, so that none is made anew.</summary>
    public void TakeAway()
    {
        var path = Path.Combine(Installation.Data, "closedloop.db");
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        File.Move(path, path + ".gone");
        Directory.CreateDirectory(path);
    }

    internal override Task<Installation> CreateAsync() => Installation.CreateAsync(onFile: true);
}
