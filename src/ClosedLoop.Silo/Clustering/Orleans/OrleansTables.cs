using ClosedLoop.Data;
using ClosedLoop.Data.Migrations;

namespace ClosedLoop.Silo.Clustering;

/// <summary>The tables and statements of Orleans' ADO.NET providers, in the database of everything else.</summary>
internal static class OrleansTables
{
    /// <summary>Makes what is missing; safe for several silos that start together.</summary>
    public static void Create(Database database)
    {
        using var script = new StreamReader(typeof(OrleansTables).Assembly.GetManifestResourceStream("ClosedLoop.Silo.Clustering.orleans.sql")!);
        Migrator.RunUnderLock(database, script.ReadToEnd());
    }
}
