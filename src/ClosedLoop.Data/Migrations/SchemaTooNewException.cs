namespace ClosedLoop.Data.Migrations;

/// <summary>The database has a newer schema than the program knows.</summary>
public sealed class SchemaTooNewException(int found, int known) : Exception(
    $"CL3001: the database has schema version {found}, this program knows {known}. " +
    "It was most likely opened by a newer release before; start that release, or restore a backup made before the upgrade.");
