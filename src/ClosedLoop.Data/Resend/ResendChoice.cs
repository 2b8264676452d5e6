using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Data.Resend;

/// <summary>Whom a resend is for (closed-loop spec section 14).</summary>
/// <param name="Soft">Those whose <c>deliveryStatus</c> is SOFT.</param>
/// <param name="Unknown">Those in doubt.</param>
/// <param name="Failed">Those whom the mailing could not send to, for a reason that may pass: everything but a hard bounce. Nobody whose message was taken is among them.</param>
/// <param name="Refused">With <see cref="Failed"/>, those who were refused for good too.</param>
public sealed record ResendChoice(bool Soft, bool Unknown, bool Failed = false, bool Refused = false)
{
    internal bool Takes(RecipientState state, string outcome) => outcome switch
    {
        "in doubt" => Unknown,
        "soft bounce" when Soft => true,
        "hard bounce" => Failed && Refused && state == RecipientState.Failed,
        _ => Failed && state == RecipientState.Failed,
    };
}
