using ClosedLoop.Data.Mailings;
using ClosedLoop.Data.Notices;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Delivery.Content;

/// <summary>Tells that a mailing pauses because its content cannot be had (closed-loop spec sections 10 and 16.1).</summary>
internal static class PauseNotice
{
    public static NewNotice Of(MailingRow mailing, ClientDefinition client, long run, string reason)
    {
        var addresses = client.Notify.Recipients(problem: true);
        var body = FormattableString.Invariant(
            $"""
            {MailingHeading.Of(mailing)}
            accepted: {mailing.Accepted}
            state: paused
            reason: {reason}

            Nobody has failed for this reason: all who had no mail yet are waiting.
            When the server answers again: closedloop mailings resume {mailing.MailingId}
            To give it up: closedloop mailings cancel {mailing.MailingId}

            """);
        return new NewNotice(
            FormattableString.Invariant($"mailing/{mailing.MailingId}/content/{run}"), mailing.ClientId, addresses,
            FormattableString.Invariant($"[closed-loop] PAUSED {mailing.Name} {mailing.MailingId}"), body);
    }
}
