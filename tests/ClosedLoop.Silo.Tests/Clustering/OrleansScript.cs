using ClosedLoop.Data;
using ClosedLoop.Data.Migrations;
using ClosedLoop.Silo.Clustering;

namespace ClosedLoop.Silo.Tests.Clustering;

/// <summary>The tables of Orleans, made as a silo makes them at its start; part of either build.</summary>
internal static class OrleansScript
{
    public static void Run(Database database)
    {
        using var reader = new StreamReader(typeof(SiloGrains).Assembly.GetManifestResourceStream("ClosedLoop.Silo.Clustering.orleans.sql")!);
        Migrator.RunUnderLock(database, reader.ReadToEnd());
    }
}
