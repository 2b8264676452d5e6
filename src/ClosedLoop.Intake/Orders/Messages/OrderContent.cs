using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Intake.Orders.Messages;

/// <summary>The message of an order with everything it takes from elsewhere.</summary>
/// <param name="Frozen">As the engine sends it.</param>
/// <param name="Shown">Subject of a mail, text of an SMS: what reports show.</param>
/// <param name="Publish">Whether the HTML part is asked for on the web.</param>
public sealed record OrderContent(FrozenMailing Frozen, string Shown, bool Publish)
{
    /// <summary>Octets of pictures that were fetched for it.</summary>
    public IReadOnlyList<byte[]> Files { get; init; } = [];

    /// <summary>Static content to publish, or <c>null</c>.</summary>
    public WebPage? Page { get; init; }
}
