using System.Data.Common;
using System.Runtime.InteropServices;
using ClosedLoop.Data;

namespace ClosedLoop.Responses.Export;

/// <summary>What a file set covers: everything of one client recorded in (<paramref name="From"/>, <paramref name="To"/>].</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ExportPeriod(long ClientId, long From, long To, bool IncludeTest = false)
{
    /// <summary>Condition on <c>mailing m</c>: the client's, and no test unless tests are wanted. Parameters as the queries below bind them.</summary>
    public const string IsIncluded = $"m.client_id = $1 AND ($4 = 1 OR {TestFlag} = 0)";

    /// <summary>Condition on <c>mailing m</c>: listed in this run (spec section 17.3).</summary>
    public const string ListsMailing =
        $"""
        {IsIncluded} AND m.started_at IS NOT NULL AND m.started_recorded <= $3
        AND (m.started_recorded > $2 OR (m.finished_recorded > $2 AND m.finished_recorded <= $3) OR {WasReopened})
        """;

    /// <summary>Condition on <c>mailing m</c>: a resend began in the period, or took back an end that lay in it (section 14).</summary>
    public const string WasReopened =
        """
        EXISTS (SELECT 1 FROM mailing_past x WHERE x.mailing_id = m.mailing_id
            AND ((x.finished_recorded > $2 AND x.finished_recorded <= $3) OR (x.reopened > $2 AND x.reopened <= $3)))
        """;

    /// <summary>Whether <c>mailing m</c> came by the test folder.</summary>
    private const string TestFlag = "m.test";

    /// <summary>Runs a query whose <c>$1</c> is the client, <c>$2</c> and <c>$3</c> are the two cut-offs, and <c>$4</c> is 1 when tests are wanted.</summary>
    public RowReader Query(DbConnection connection, string sql) => new(connection, sql, ClientId, From, To, IncludeTest ? 1 : 0);

    /// <summary>The same with a fifth value.</summary>
    public RowReader Query(DbConnection connection, string sql, long fifth) => new(connection, sql, ClientId, From, To, IncludeTest ? 1 : 0, fifth);

    /// <summary>The same with a fifth and a sixth value.</summary>
    public RowReader Query(DbConnection connection, string sql, long fifth, long sixth) =>
        new(connection, sql, ClientId, From, To, IncludeTest ? 1 : 0, fifth, sixth);
}
