using ClosedLoop.Data;
using ClosedLoop.Data.Migrations;
using ClosedLoop.Data.Tests;

switch (args)
{
    case ["migrate", var file]:
        Migrator.Migrate(file.Contains("Host=", StringComparison.Ordinal) ? Database.Postgres(file) : new Database(file), TimeProvider.System);
        return 0;
    case ["write-until-killed", var file]:
        return await WriteUntilKilled.RunAsync(file);
    default:
        return 2;
}
