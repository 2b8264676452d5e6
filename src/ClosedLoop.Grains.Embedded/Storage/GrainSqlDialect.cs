namespace ClosedLoop.Grains.Embedded;

/// <summary>Where the two databases differ. The tables are those of Orleans' own ADO.NET scripts.</summary>
public sealed class GrainSqlDialect
{
    private GrainSqlDialect(string utcNow, string createStorage, string createReminders)
    {
        UtcNow = utcNow;
        CreateStorage = createStorage;
        CreateReminders = createReminders;
    }

    public static GrainSqlDialect Sqlite { get; } = new(
        "datetime('now')",
        """
        CREATE TABLE IF NOT EXISTS OrleansStorage (
            GrainIdHash INT NOT NULL, GrainIdN0 BIGINT NOT NULL, GrainIdN1 BIGINT NOT NULL, GrainTypeHash INT NOT NULL,
            GrainTypeString NVARCHAR(512) NOT NULL, GrainIdExtensionString NVARCHAR(512) NULL, ServiceId NVARCHAR(150) NOT NULL,
            PayloadBinary BLOB NULL, ModifiedOn DATETIME NOT NULL, Version INT NULL);
        CREATE INDEX IF NOT EXISTS IX_OrleansStorage ON OrleansStorage (GrainIdHash, GrainTypeHash);
        """,
        """
        CREATE TABLE IF NOT EXISTS OrleansRemindersTable (
            ServiceId NVARCHAR(150) NOT NULL, GrainId NVARCHAR(150) NOT NULL, ReminderName NVARCHAR(150) NOT NULL,
            StartTime DATETIME NOT NULL, Period BIGINT NOT NULL, GrainHash INT NOT NULL, Version INT NOT NULL,
            CONSTRAINT PK_RemindersTable_ServiceId_GrainId_ReminderName PRIMARY KEY (ServiceId, GrainId, ReminderName));
        """);

    public static GrainSqlDialect PostgreSql { get; } = new(
        "(now() at time zone 'utc')",
        """
        CREATE TABLE IF NOT EXISTS OrleansStorage (
            grainidhash integer NOT NULL, grainidn0 bigint NOT NULL, grainidn1 bigint NOT NULL, graintypehash integer NOT NULL,
            graintypestring character varying(512) NOT NULL, grainidextensionstring character varying(512), serviceid character varying(150) NOT NULL,
            payloadbinary bytea, modifiedon timestamp without time zone NOT NULL, version integer);
        CREATE INDEX IF NOT EXISTS ix_orleansstorage ON OrleansStorage (grainidhash, graintypehash);
        """,
        """
        CREATE TABLE IF NOT EXISTS OrleansRemindersTable (
            ServiceId varchar(150) NOT NULL, GrainId varchar(150) NOT NULL, ReminderName varchar(150) NOT NULL,
            StartTime timestamptz(3) NOT NULL, Period bigint NOT NULL, GrainHash integer NOT NULL, Version integer NOT NULL,
            CONSTRAINT PK_RemindersTable_ServiceId_GrainId_ReminderName PRIMARY KEY (ServiceId, GrainId, ReminderName));
        """);

    /// <summary>Expression for the present time, UTC without zone.</summary>
    internal string UtcNow { get; }

    internal string CreateStorage { get; }

    internal string CreateReminders { get; }
}
