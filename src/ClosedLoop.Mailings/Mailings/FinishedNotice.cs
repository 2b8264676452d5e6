using ClosedLoop.Data.Ledger;
using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Notices;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Mailings.Mailings;

/// <summary>Tells that everybody of a mailing has an outcome, with the sums (closed-loop spec section 16.1, <c>notify.finished</c>).</summary>
internal static class FinishedNotice
{
    /// <returns><c>null</c> when nobody wants to know.</returns>
    public static NewNotice? Of(MailingRow mailing, ClientDefinition client, RecipientLedger ledger)
    {
        if (!client.Notify.Finished || client.Notify.To.Count == 0) return null;
        var counts = ledger.Count(mailing.MailingId);
        var body = FormattableString.Invariant(
            $"""
            {MailingHeading.Of(mailing)}
            started: {Time(mailing.StartedAt)}
            accepted: {mailing.Accepted}
            sent: {counts.Sent}
            failed: {counts.Failed}
            suppressed: {counts.Suppressed}
            unknown: {counts.Unknown}
            cancelled: {counts.Cancelled}

            """);
        return new NewNotice(
            CauseOf(mailing), mailing.ClientId, client.Notify.To,
            FormattableString.Invariant($"[closed-loop] FINISHED {mailing.Name} {mailing.MailingId}"), body);
    }

    /// <summary>Each resend ends once more, and is told of once more.</summary>
    private static string CauseOf(MailingRow mailing) => mailing.Resends == 0
        ? FormattableString.Invariant($"mailing/{mailing.MailingId}/finished")
        : FormattableString.Invariant($"mailing/{mailing.MailingId}/finished/{mailing.Resends}");

    private static string Time(long? microseconds) =>
        microseconds is { } at ? FormattableString.Invariant($"{Instants.FromMicroseconds(at):yyyy-MM-dd HH:mm:ss}") : "";
}
