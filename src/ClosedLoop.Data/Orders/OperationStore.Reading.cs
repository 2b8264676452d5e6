using ClosedLoop.Model.Orders;

namespace ClosedLoop.Data.Orders;

public sealed partial class OperationStore
{
    public OperationRow? Find(long operationId) => Query($"SELECT {Columns} FROM operation WHERE operation_id = $1", operationId).FirstOrDefault();

    /// <summary>Operations that something is left to do for, oldest first.</summary>
    public IReadOnlyList<OperationRow> Open(long clientId) => Query($"SELECT {Columns} FROM operation WHERE client_id = $1 AND closed = 0 ORDER BY operation_id", clientId);

    /// <summary>Newest first.</summary>
    /// <param name="clientId">0 for everybody's.</param>
    /// <param name="status"><c>null</c> for all.</param>
    /// <param name="offset">How many to pass over.</param>
    /// <param name="limit">Most rows.</param>
    public IReadOnlyList<OperationRow> List(long clientId, OperationStatus? status, int offset, int limit) => Query(
        $"SELECT {Columns} FROM operation WHERE ($1 = 0 OR client_id = $1) AND ($2 < 0 OR status = $2) ORDER BY operation_id DESC LIMIT $3 OFFSET $4",
        clientId, status is { } only ? (int)only : -1, limit, offset);

    public long Count(long clientId, OperationStatus? status)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT COUNT(*) FROM operation WHERE ($1 = 0 OR client_id = $1) AND ($2 < 0 OR status = $2)");
        return statement.Scalar(clientId, status is { } only ? (int)only : -1);
    }

    public IReadOnlyList<OperationTransition> Transitions(long operationId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT sub_status, message, begun_at, ended_at FROM operation_transition WHERE operation_id = $1 ORDER BY ordinal");
        using var reader = statement.Query(operationId);
        var transitions = new List<OperationTransition>();
        while (reader.Read()) transitions.Add(new OperationTransition(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), Number(reader, 3)));
        return transitions;
    }

    public IReadOnlyList<OperationProblem> Problems(long operationId)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT code, file, line, \"column\", message, occurred_at FROM operation_problem WHERE operation_id = $1 ORDER BY ordinal");
        using var reader = statement.Query(operationId);
        var problems = new List<OperationProblem>();
        while (reader.Read())
            problems.Add(new OperationProblem(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetInt64(2), reader.GetInt32(3), reader.GetString(4), reader.GetInt64(5)));
        return problems;
    }

    private List<OperationRow> Query(string sql, params ReadOnlySpan<object?> arguments)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, sql);
        using var reader = statement.Query(arguments);
        var rows = new List<OperationRow>();
        while (reader.Read()) rows.Add(Read(reader));
        return rows;
    }
}
