using System.Data.Common;

namespace ClosedLoop.Data.Postgres;

/// <summary>Connections for code that asks for a data source: each answers before it is handed out, and a server that is away is waited for.</summary>
internal sealed class PostgresSource(PostgresEngine engine, string connectionString) : DbDataSource
{
    public override string ConnectionString => engine.DisplayName;

    protected override DbConnection CreateDbConnection() => new Npgsql.NpgsqlConnection(connectionString);

    protected override DbConnection OpenDbConnection() => engine.OpenWrite();

    protected override async ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default) =>
        await engine.OpenWriteAsync(cancellationToken).ConfigureAwait(false);
}
