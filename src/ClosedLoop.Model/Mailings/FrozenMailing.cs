using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Lists;

namespace ClosedLoop.Model.Mailings;

/// <summary>
/// Everything a copy needs to be rendered again byte for byte: stored by content hash when the source mailing is
/// copied, never changed afterwards (closed-loop spec section 7, "copy freezes").
/// </summary>
public sealed record FrozenMailing
{
    public required SourceMailing Source { get; init; }

    public required SenderSettings Sender { get; init; }

    public required ListDefinition List { get; init; }
}
