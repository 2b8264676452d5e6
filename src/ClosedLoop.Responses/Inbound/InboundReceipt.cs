using ClosedLoop.Data.Inbound;
using ClosedLoop.Mail.Bounces;

namespace ClosedLoop.Responses.Inbound;

/// <summary>What became of a mail that was handed in; it is durable.</summary>
/// <param name="Id">Its number in the register; 0 when it was there already.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Outcome">What was done with it.</param>
public sealed record InboundReceipt(long Id, ReturnedMailKind Kind, InboundOutcome Outcome)
{
    public bool IsRepeated => Id == 0;
}
