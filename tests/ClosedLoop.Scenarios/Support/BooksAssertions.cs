using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Scenarios.Support;

/// <summary>What must be true of the books of any installation.</summary>
internal static class BooksAssertions
{
    /// <summary>in = sent + failed + suppressed + unknown + rejected, each from where it was written down.</summary>
    /// <returns>The states of the recipients.</returns>
    public static IReadOnlyDictionary<string, RecipientState> AssertBalance(this Books books, string file, int rows)
    {
        var ledger = books.Ledger(file);
        long Count(RecipientState state) => ledger.Values.Count(value => value == state);
        var id = books.FileId(file);
        var rejected = books.Scalar("SELECT COUNT(DISTINCT record) FROM file_problem WHERE file_id = $1 AND record > 0 AND code IN ('E201', 'E202', 'E204', 'E205', 'E206', 'W203', 'W207')", id);
        var sum = Count(RecipientState.Sent) + Count(RecipientState.Failed) + Count(RecipientState.Suppressed) + Count(RecipientState.Unknown) + rejected;
        Assert.Equal(rows, sum);
        Assert.Equal(rows, books.Scalar("SELECT records FROM inbound_file WHERE file_id = $1", id));
        Assert.Equal(ledger.Count, books.Scalar("SELECT SUM(accepted) FROM mailing WHERE file_id = $1", id));
        return ledger;
    }
}
