using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Npgsql;

namespace ClosedLoop.Data.Postgres;

/// <summary>
/// Connections to read with on which nothing has been read yet. When such a one is lost, its statement can be asked again on another: nobody has seen an answer, and no
/// transaction is open. So a restart of the server is a pause for those who read, too.
/// </summary>
internal static class FreshConnections
{
    private const int MostTries = 5;

    private static readonly ConditionalWeakTable<NpgsqlConnection, object> Fresh = [];

    public static NpgsqlConnection Add(NpgsqlConnection connection)
    {
        Fresh.Add(connection, connection);
        return connection;
    }

    public static T Run<T>(NpgsqlCommand command, Func<DbCommand, T> execute)
    {
        var connection = command.Connection!;
        if (!Fresh.TryGetValue(connection, out _)) return execute(command);
        for (var tries = 1; ; tries++)
        {
            try
            {
                var result = execute(command);
                Fresh.Remove(connection);
                return result;
            }
            catch (Exception e) when (PostgresEngine.MayComeBack(e) && connection.FullState != ConnectionState.Open && tries < MostTries)
            {
                PostgresEngine.OpenAgain(connection);
            }
        }
    }
}
