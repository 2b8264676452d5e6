using System.Data.Common;
using System.Globalization;
using ClosedLoop.Data.Postgres;
using Npgsql;

namespace ClosedLoop.Data;

/// <summary>A prepared command with positional parameters <c>$1</c>, <c>$2</c>, …</summary>
public sealed class Statement : IDisposable
{
    private readonly DbCommand _command;

    /// <summary>Prepares <paramref name="sql"/>; it must not be built from anything a person typed.</summary>
    public Statement(DbConnection connection, string sql)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(sql);
        _command = connection.CreateCommand();
#pragma warning disable CA2100 // every caller passes a constant
        _command.CommandText = sql;
#pragma warning restore CA2100
    }

    public int Execute(params ReadOnlySpan<object?> arguments)
    {
        Bind(arguments);
        return Run(static command => command.ExecuteNonQuery());
    }

    /// <summary>First column of the first row as a number; 0 when there is no row or the value is NULL.</summary>
    public long Scalar(params ReadOnlySpan<object?> arguments)
    {
        Bind(arguments);
        var value = Run(static command => command.ExecuteScalar());
        return value is null or DBNull ? 0 : Convert.ToInt64(value, CultureInfo.InvariantCulture);
    }

    public DbDataReader Query(params ReadOnlySpan<object?> arguments)
    {
        Bind(arguments);
        return Run(static command => command.ExecuteReader());
    }

    /// <summary>First column of all rows.</summary>
    public List<long> Numbers(params ReadOnlySpan<object?> arguments)
    {
        using var reader = Query(arguments);
        var numbers = new List<long>();
        while (reader.Read()) numbers.Add(reader.GetInt64(0));
        return numbers;
    }

    public void Dispose() => _command.Dispose();

    private T Run<T>(Func<DbCommand, T> execute) => _command is NpgsqlCommand command ? FreshConnections.Run(command, execute) : execute(_command);

    private void Bind(ReadOnlySpan<object?> arguments)
    {
        var parameters = _command.Parameters;
        if (parameters is NpgsqlParameterCollection positional)
        {
            PostgresValues.Bind(positional, arguments);
            return;
        }

        for (var i = parameters.Count; i < arguments.Length; i++)
        {
            var parameter = _command.CreateParameter();
            parameter.ParameterName = "$" + (i + 1).ToString(CultureInfo.InvariantCulture);
            parameters.Add(parameter);
        }

        for (var i = 0; i < arguments.Length; i++) parameters[i].Value = arguments[i] ?? DBNull.Value;
    }
}
