using ClosedLoop.Model.Delivery;

namespace ClosedLoop.Delivery.Fetching;

/// <summary>A fault that the next attempt may not meet: too slow, 5xx, 429 (closed-loop spec section 10).</summary>
internal sealed class TransientContentException(ContentFault fault, string found, string expected, Exception? cause = null)
    : ContentException(fault, found, expected, cause);
