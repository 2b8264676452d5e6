using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Operations.Actions;

/// <summary>Plays the recipient of a mail in the built-in sink.</summary>
internal sealed class SinkActions(AuditTrail audit, ISinkBox sink, ISinkAudience audience)
{
    /// <param name="caller">Who; not one who is bound to a client, since mail of all clients lies in one sink.</param>
    /// <param name="number">The mail.</param>
    /// <param name="deed">One of <see cref="ISinkAudience.Deeds"/>.</param>
    /// <param name="reason">Why, for the audit.</param>
    /// <param name="cancellation">Breaks it off.</param>
    public async Task<ActionResult> ActAsync(Caller caller, long number, string? deed, string? reason, CancellationToken cancellation)
    {
        if (caller.ClientId is not null) return ActionResult.Forbidden();
        if (!audience.IsThere) return ActionResult.Bad("CL9574", "only mail in the service's own sink on this machine, with kept messages, is played with");
        if (!audience.Deeds.Contains(deed, StringComparer.Ordinal)) return ActionResult.Bad("CL9574", $"'{deed}' is not taken; expected one of {string.Join(", ", audience.Deeds)}");
        if (sink.Find(number) is not { } mail) return ActionResult.NotFound("CL9509", FormattableString.Invariant($"mail {number} does not exist"));
        return await audit.RunAsync(caller, "sink." + deed, FormattableString.Invariant($"sink/{number}"), clientId: null, reason, () => new { mail.To, mail.MessageId }, async () =>
        {
            var (done, text) = await audience.ActAsync(number, deed!, cancellation);
            return ActionResult.Of(done, text);
        });
    }
}
