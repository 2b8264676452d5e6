using System.CommandLine;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>db migrate|copy</c>.</summary>
internal static class DbCommand
{
    public static Command Create()
    {
        var command = new Command("db", "The database: bringing it up to date, and moving to PostgreSQL.");
        command.Subcommands.Add(DbMigrate.Create());
        command.Subcommands.Add(DbCopy.Create());
        return command;
    }
}
