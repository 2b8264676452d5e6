using ClosedLoop.Data.Suppression;
using ClosedLoop.Model.Responses;

namespace ClosedLoop.Data.Inbound;

/// <summary>
/// Reads a response otherwise than the rules did. The row stays, overruled from a stamp on, and a new one says what holds from then on: files of earlier cut-offs come out as
/// they were, and the next ones say the truth. Counters and suppressions follow in the same transaction.
/// </summary>
public sealed class ResponseCorrections(LedgerWriter writer)
{
    /// <param name="target">The message it is about.</param>
    /// <param name="ordinal">Which of its responses, from 0 on.</param>
    /// <param name="meaning">What it says.</param>
    public Task<CorrectionResult> ReclassifyAsync(InboundTarget target, int ordinal, ResponseMeaning meaning)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(meaning);
        return writer.WriteAsync(context => Reclassify(context, target, ordinal, meaning));
    }

    private static CorrectionResult Reclassify(WriteContext context, InboundTarget target, int ordinal, ResponseMeaning meaning)
    {
        long Of(string column) => context.Scalar(
            $"SELECT COALESCE(MAX({column}), -1) FROM response WHERE mailing_id = $1 AND sequence = $2 AND ordinal = $3 AND overruled IS NULL", target.MailingId, target.Sequence, ordinal);
        var recorded = Of("recorded");
        if (recorded < 0) return CorrectionResult.Gone;
        var category = (ResponseCategory)Of("category");
        if (meaning.Category == category) return CorrectionResult.Same;

        // A new row would count for the message that the resend brought, of which nothing has come back.
        if (context.Scalar("SELECT COUNT(*) FROM ledger_past WHERE mailing_id = $1 AND sequence = $2 AND taken_back >= $3 AND given_back IS NULL", target.MailingId, target.Sequence, recorded) > 0)
            return CorrectionResult.TakenBack;
        var at = Of("occurred_at");
        context.Execute("UPDATE response SET overruled = $4 WHERE mailing_id = $1 AND sequence = $2 AND ordinal = $3", target.MailingId, target.Sequence, ordinal, context.Stamp);
        if (category.IsBounce()) Uncount(context, target, category);
        InboundStore.Follow(context, target, meaning, at, "operator", "read otherwise by an operator");
        return CorrectionResult.Done;
    }

    /// <summary>Not below 0: the counters may have been set back since.</summary>
    private static void Uncount(WriteContext context, InboundTarget target, ResponseCategory category)
    {
        var counter = category == ResponseCategory.FatalBounce ? "hard" : "soft";
        context.Execute(
            $"UPDATE bounce_counter SET {counter} = {counter} - 1, recorded = $3 WHERE client_id = $1 AND address = $2 AND {counter} > 0", target.ClientId, AddressCase.Fold(target.Address), context.Stamp);
    }
}
