namespace ClosedLoop.Data.Resend;

/// <summary>Whom a resend is for (closed-loop spec section 14).</summary>
/// <param name="Soft">Those whose <c>deliveryStatus</c> is SOFT.</param>
/// <param name="Unknown">Those in doubt.</param>
public sealed record ResendChoice(bool Soft, bool Unknown);
