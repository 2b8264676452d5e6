using System.Data.Common;
using System.Runtime.InteropServices;
using ClosedLoop.Data;

namespace ClosedLoop.Responses.Export;

/// <summary>What a file set covers: everything of one client recorded in (<paramref name="From"/>, <paramref name="To"/>].</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ExportPeriod(long ClientId, long From, long To)
{
    /// <summary>Condition on <c>mailing m</c>: listed in this run (spec section 17.3). Parameters as <see cref="Query"/> binds them.</summary>
    public const string ListsMailing =
        """
        m.client_id = $1 AND m.started_at IS NOT NULL AND m.started_recorded <= $3
        AND (m.started_recorded > $2 OR (m.finished_recorded > $2 AND m.finished_recorded <= $3))
        """;

    /// <summary>Runs a statement whose <c>$1</c> is the client and <c>$2</c>, <c>$3</c> are the two cut-offs.</summary>
    public DbDataReader Query(Statement statement) => statement.Query(ClientId, From, To);
}
