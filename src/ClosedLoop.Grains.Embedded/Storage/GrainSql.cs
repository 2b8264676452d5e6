using System.Data;
using System.Data.Common;

namespace ClosedLoop.Grains.Embedded;

/// <summary>Short ways over System.Data.Common.</summary>
internal static class GrainSql
{
    /// <summary>Runs one statement and gives the number of rows it changed.</summary>
    public static async Task<int> ExecuteAsync(
        this DbDataSource source, string sql, Action<DbCommand> bind, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken);
        await using (connection)
        {
            var command = connection.CreateCommand();
            await using (command)
            {
#pragma warning disable CA2100 // the text is a constant of this assembly
                command.CommandText = sql;
#pragma warning restore CA2100
                bind(command);
                return await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }
    }

    /// <summary>Runs one query and maps its rows.</summary>
    public static async Task<List<TRow>> QueryAsync<TRow>(
        this DbDataSource source, string sql, Action<DbCommand> bind, Func<DbDataReader, TRow> map, CancellationToken cancellationToken)
    {
        var rows = new List<TRow>();
        var connection = await source.OpenConnectionAsync(cancellationToken);
        await using (connection)
        {
            var command = connection.CreateCommand();
            await using (command)
            {
#pragma warning disable CA2100 // the text is a constant of this assembly
                command.CommandText = sql;
#pragma warning restore CA2100
                bind(command);
                var reader = await command.ExecuteReaderAsync(cancellationToken);
                await using (reader)
                {
                    while (await reader.ReadAsync(cancellationToken))
                        rows.Add(map(reader));
                }
            }
        }

        return rows;
    }

    public static void Add(this DbCommand command, string name, DbType type, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.DbType = type;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }
}
