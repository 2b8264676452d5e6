using System.Data.Common;
using System.Runtime.InteropServices;
using ClosedLoop.Data;

namespace ClosedLoop.Responses.Export;

/// <summary>What a file set covers: everything of one client recorded in (<paramref name="From"/>, <paramref name="To"/>].</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ExportPeriod(long ClientId, long From, long To, bool IncludeTest = false)
{
    /// <summary>Condition on <c>mailing m</c>: listed in this run (spec section 17.3). Parameters as <see cref="Query"/> binds them.</summary>
    public const string ListsMailing =
        $"""
        m.client_id = $1 AND m.started_at IS NOT NULL AND m.started_recorded <= $3
        AND (m.started_recorded > $2 OR (m.finished_recorded > $2 AND m.finished_recorded <= $3)
            OR EXISTS (SELECT 1 FROM mailing_past x WHERE x.mailing_id = m.mailing_id
                AND ((x.finished_recorded > $2 AND x.finished_recorded <= $3) OR (x.reopened > $2 AND x.reopened <= $3))))
        AND {NoTest}
        """;

    /// <summary>Condition on <c>mailing m</c> that <see cref="Sql"/> lifts when flagged test mailings are exported, too (section 15).</summary>
    public const string NoTest = "m.test = 0";

    /// <summary>The statement as the settings of the run want it.</summary>
    public string Sql(string sql) => IncludeTest ? sql.Replace(NoTest, "1 = 1", StringComparison.Ordinal) : sql;

    /// <summary>Runs a statement whose <c>$1</c> is the client and <c>$2</c>, <c>$3</c> are the two cut-offs.</summary>
    public DbDataReader Query(Statement statement) => statement.Query(ClientId, From, To);
}
