using System.Data.Common;
using ClosedLoop.Data;
using ClosedLoop.Data.Migrations;
using ClosedLoop.Data.Postgres;
using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Hosting;

/// <summary>The database that the settings name.</summary>
internal static class SiloDatabase
{
    /// <summary>As it is: neither made nor migrated.</summary>
    /// <exception cref="SettingsException">The settings name none.</exception>
    public static Database Find(SiloSettings settings)
    {
        var faults = DatabaseCheck.Faults(settings.Database).ToList();
        if (faults.Count > 0) throw new SettingsException(faults);
        return settings.Database.Provider == DatabaseKind.Sqlite ? new Database(settings.DatabasePath) : Database.Postgres(DatabaseCheck.Read(settings.Database));
    }

    /// <summary>Whether there is an installation; nothing is made.</summary>
    public static bool Exists(SiloSettings settings) => settings.Database.Provider == DatabaseKind.Sqlite
        ? File.Exists(settings.DatabasePath)
        : Reach(Find(settings), Migrator.VersionOf) > 0;

    /// <summary>Brought up to date.</summary>
    public static Database Open(SiloSettings settings, TimeProvider time)
    {
        var database = Find(settings);
        Reach(database, found => Migrator.Migrate(found, time));
        return database;
    }

    /// <summary>Does something with a database, and says in one line when it cannot be reached.</summary>
    public static T Reach<T>(Database database, Func<Database, T> action)
    {
        try
        {
            return action(database);
        }
        catch (UnsuitableServerException e)
        {
            throw new CommandException(ExitCode.Configuration, e.Message);
        }
        catch (DbException e) when (database.Kind == DatabaseKind.Postgres)
        {
            throw new CommandException(ExitCode.Temporary, $"CL3304: the database {database.DisplayName} cannot be used: {e.Message.ReplaceLineEndings(" ")}");
        }
    }
}
