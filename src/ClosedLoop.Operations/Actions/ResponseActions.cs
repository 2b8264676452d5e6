using System.Globalization;
using ClosedLoop.Data.Inbound;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Actions;

/// <summary>What can be done about what came back.</summary>
internal sealed class ResponseActions(AuditTrail audit, InboundStore inbound, ResponseCorrections corrections, BounceCounters counters, Tables tables)
{
    /// <summary>Binds a mail that no rule could bind to the message it is about.</summary>
    /// <param name="caller">Who; not one who is bound to a client, since such a mail is nobody's yet.</param>
    /// <param name="id">The mail.</param>
    /// <param name="message"><c>mailing.position</c>, as a Message-ID begins; what follows an @ does not matter.</param>
    /// <param name="meaning">One of <see cref="ResponseMeaning.Names"/>.</param>
    /// <param name="reason">Why; needed.</param>
    public async Task<ActionResult> AssignAsync(Caller caller, long id, string? message, string? meaning, string? reason)
    {
        if (caller.ClientId is not null) return ActionResult.Forbidden();
        if (inbound.Find(id) is not { } mail) return ActionResult.NotFound("CL9509", FormattableString.Invariant($"mail {id} does not exist"));
        if (Refusal(meaning, reason, out var said) is { } refusal) return refusal;
        if (Target(message) is not { } target) return ActionResult.Bad("CL9572", $"'{message}' names no message; expected mailing.position, as the Message-ID of a message begins");
        return await audit.RunAsync(caller, "response.bind", FormattableString.Invariant($"response/{id}"), target.ClientId, reason, () => new { inbound.Find(id)!.Outcome, inbound.Find(id)!.MailingId, inbound.Find(id)!.Sequence, address = Look(target) },
            async () => await inbound.BindAsync(mail.Id, target, said)
                ? ActionResult.Of(done: true, $"the mail belongs to the message to {target.Address} and counts as {meaning}")
                : ActionResult.Of(done: false, "the mail does not wait in the tray any more"));
    }

    /// <summary>Reads a response otherwise than the rules did.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="mailing">The mailing.</param>
    /// <param name="sequence">Position of the recipient.</param>
    /// <param name="ordinal">Which of the responses to that message, from 0 on.</param>
    /// <param name="meaning">One of <see cref="ResponseMeaning.Names"/>.</param>
    /// <param name="reason">Why; needed.</param>
    public async Task<ActionResult> ReclassifyAsync(Caller caller, long mailing, int sequence, int ordinal, string? meaning, string? reason)
    {
        if (inbound.FindTarget(mailing, sequence) is not { } target || !caller.Sees(target.ClientId)) return ActionResult.NotFound("CL9509", FormattableString.Invariant($"message {mailing}.{sequence} does not exist"));
        if (Refusal(meaning, reason, out var said) is { } refusal) return refusal;
        return await audit.RunAsync(caller, "response.classify", FormattableString.Invariant($"response/{mailing}.{sequence}.{ordinal}"), target.ClientId, reason, () => Look(target),
            async () => await corrections.ReclassifyAsync(target, ordinal, said) switch
            {
                CorrectionResult.Done => ActionResult.Of(done: true, $"the response of {target.Address} counts as {meaning}"),
                CorrectionResult.Same => ActionResult.Of(done: false, $"it counts as {meaning} already"),
                CorrectionResult.TakenBack => ActionResult.Of(done: false, "it is about the message before the latest resend and does not count any more"),
                _ => ActionResult.Of(done: false, "there is no such response, or it was read otherwise before"),
            });
    }

    private static ActionResult? Refusal(string? meaning, string? reason, out ResponseMeaning said)
    {
        if (!ResponseMeaning.Names.TryGetValue(meaning ?? "", out said!)) return ActionResult.Bad("CL9572", $"'{meaning}' is not taken; expected one of {string.Join(", ", ResponseMeaning.Names.Keys)}");
        return string.IsNullOrWhiteSpace(reason) ? ActionResult.Bad("CL9570", "a response is bound or read otherwise only with a reason") : null;
    }

    private InboundTarget? Target(string? message)
    {
        var parts = (message ?? "").Trim().Trim('<', '>').Split('@')[0].Split('.');
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var mailing) && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? inbound.FindTarget(mailing, sequence)
            : null;
    }

    private object Look(InboundTarget target)
    {
        var bounces = counters.Find(target.ClientId, target.Address);
        return new
        {
            bounces?.Hard,
            bounces?.Soft,
            responses = tables.Read(
                "SELECT ordinal, category, overruled FROM response WHERE mailing_id = $1 AND sequence = $2 ORDER BY ordinal",
                reader => new { ordinal = reader.GetInt32(0), category = Wording.Category((Model.Responses.ResponseCategory)reader.GetInt32(1)), overruled = !reader.IsDBNull(2) }, target.MailingId, (long)target.Sequence),
            unsubscribed = tables.Number("SELECT COUNT(*) FROM suppression WHERE client_id = $1 AND address = $2 AND kind = 1", target.ClientId, target.Address.ToLowerInvariant()) > 0,
        };
    }
}
