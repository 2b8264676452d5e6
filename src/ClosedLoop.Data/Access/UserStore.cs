using System.Data.Common;
using ClosedLoop.Model;

namespace ClosedLoop.Data.Access;

/// <summary>People who may sign in.</summary>
public sealed class UserStore(Database database, LedgerWriter writer, TimeProvider time)
{
    private const string Columns = "name, role, password, stamp, disabled, failures, locked_until, created_at, signed_in_at";

    /// <summary>The form of a name that is stored and compared.</summary>
    public static string Fold(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Trim().ToLowerInvariant();
    }

    public OperatorUser? Find(string name) => Query($"SELECT {Columns} FROM operator_user WHERE name = $1", Fold(name)).FirstOrDefault();

    public IReadOnlyList<OperatorUser> All() => Query($"SELECT {Columns} FROM operator_user ORDER BY name");

    /// <returns><c>false</c> when there is somebody of that name.</returns>
    public Task<bool> AddAsync(string name, OperatorRole role, string? passwordHash)
    {
        var (folded, now) = (Fold(name), time.NowMicroseconds());
        return writer.WriteAsync(context => context.Execute(
            "INSERT INTO operator_user (name, role, password, stamp, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (name) DO NOTHING",
            folded, (int)role, passwordHash, NewStamp(), now) == 1);
    }

    /// <summary>Changes what is given and ends the person's sessions.</summary>
    /// <returns><c>false</c> when there is nobody of that name.</returns>
    public Task<bool> ChangeAsync(string name, OperatorRole? role = null, bool? disabled = null, string? passwordHash = null)
    {
        var folded = Fold(name);
        return writer.WriteAsync(context => context.Execute(
            """
            UPDATE operator_user SET role = COALESCE($2, role), disabled = COALESCE($3, disabled), password = COALESCE($4, password),
                stamp = $5, failures = 0, locked_until = NULL WHERE name = $1
            """, folded, (long?)role, disabled is { } flag ? flag ? 1L : 0L : null, passwordHash, NewStamp()) == 1);
    }

    /// <summary>A right password: failures are forgotten.</summary>
    public Task SignedInAsync(string name)
    {
        var (folded, now) = (Fold(name), time.NowMicroseconds());
        return writer.WriteAsync(context =>
        {
            context.Execute("UPDATE operator_user SET failures = 0, locked_until = NULL, signed_in_at = $2 WHERE name = $1", folded, now);
        });
    }

    /// <summary>A wrong password; from <paramref name="free"/> in a row on, each doubles the time in which none is looked at.</summary>
    public Task FailedAsync(string name, int free, TimeSpan first)
    {
        var (folded, now) = (Fold(name), time.NowMicroseconds());
        return writer.WriteAsync(context =>
        {
            var failures = context.Scalar("SELECT failures FROM operator_user WHERE name = $1", folded) + 1;
            long? until = failures < free ? null : now + (long)(first.TotalMicroseconds * Math.Pow(2, Math.Min(failures - free, 8)));
            context.Execute("UPDATE operator_user SET failures = $2, locked_until = $3 WHERE name = $1", folded, failures, until);
        });
    }

    private static string NewStamp() => Guid.NewGuid().ToString("N");

    private List<OperatorUser> Query(string sql, params ReadOnlySpan<object?> arguments)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, sql);
        using DbDataReader reader = statement.Query(arguments);
        var users = new List<OperatorUser>();
        while (reader.Read())
        {
            users.Add(new OperatorUser(
                reader.GetString(0), (OperatorRole)reader.GetInt32(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetString(3), reader.GetInt64(4) != 0, reader.GetInt32(5),
                reader.IsDBNull(6) ? null : reader.GetInt64(6), reader.GetInt64(7), reader.IsDBNull(8) ? null : reader.GetInt64(8)));
        }

        return users;
    }
}
