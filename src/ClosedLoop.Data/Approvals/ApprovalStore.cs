namespace ClosedLoop.Data.Approvals;

/// <summary>Counts the people who have said yes. One is enough unless the caller says two; those two are different people.</summary>
public sealed class ApprovalStore(Database database)
{
    /// <summary>Adds a yes and says whether that is enough. In the transaction that then does what was approved: two who say yes at one moment do it once.</summary>
    /// <param name="context">The transaction.</param>
    /// <param name="subject">As in the audit: <c>file/12</c>.</param>
    /// <param name="approver">Who.</param>
    /// <param name="takesTwo">Whether two people have to.</param>
    /// <param name="now">Microseconds.</param>
    public static ApprovalVerdict Give(WriteContext context, string subject, Approver approver, bool takesTwo, long now)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(approver);
        if (takesTwo)
        {
            if (approver.Person is null) return ApprovalVerdict.NoPerson;
            var isNew = context.Execute(
                "INSERT INTO approval (subject, person, reason, given_at) VALUES ($1, $2, $3, $4) ON CONFLICT (subject, person) DO NOTHING", subject, approver.Person, approver.Reason, now) == 1;
            if (context.Scalar("SELECT COUNT(*) FROM approval WHERE subject = $1", subject) < 2) return isNew ? ApprovalVerdict.OneMore : ApprovalVerdict.SamePerson;
        }

        Forget(context, subject);
        return ApprovalVerdict.Released;
    }

    /// <summary>It is decided.</summary>
    public static void Forget(WriteContext context, string subject)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Execute("DELETE FROM approval WHERE subject = $1", subject);
    }

    /// <summary>What was said to other deeds on the same thing counts no more.</summary>
    /// <param name="context">The transaction.</param>
    /// <param name="thing">The part before the deed, as in <c>delivery/71000000002</c>.</param>
    /// <param name="but">The deed that is still wanted.</param>
    public static void ForgetOthers(WriteContext context, string thing, string but)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Execute("DELETE FROM approval WHERE subject LIKE $1 AND subject <> $2", thing + "/%", but);
    }

    /// <summary>Who has said yes to something that still waits, first to last.</summary>
    public IReadOnlyList<Approval> Of(string subject)
    {
        using var connection = database.OpenRead();
        using var statement = new Statement(connection, "SELECT person, reason, given_at FROM approval WHERE subject = $1 ORDER BY given_at, person");
        using var reader = statement.Query(subject);
        var given = new List<Approval>();
        while (reader.Read()) given.Add(new Approval(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetInt64(2)));
        return given;
    }
}
