using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace ClosedLoop.Grains.Tests;

/// <summary>A database file of one test.</summary>
internal sealed class SqliteFile : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("grains-").FullName;

    public SqliteFile()
    {
        SQLitePCL.Batteries_V2.Init();
        Path = System.IO.Path.Combine(_folder, "grains.db");
        Source = SqliteFactory.Instance.CreateDataSource($"Data Source={Path}");
    }

    public string Path { get; }

    public DbDataSource Source { get; }

    public async Task<List<object?[]>> RowsAsync(string sql)
    {
        var rows = new List<object?[]>();
        await using var connection = await Source.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var row = new object?[reader.FieldCount];
            reader.GetValues(row!);
            rows.Add(row);
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
