using ClosedLoop.Model.Orders;

namespace ClosedLoop.Model.Accounts;

/// <summary>A past campaign whose content and headers an order may take.</summary>
public sealed record AccountTemplate
{
    public required long Id { get; init; }

    public string? Name { get; init; }

    public OrderChannel Channel { get; init; } = OrderChannel.Email;

    public bool Transactional { get; init; }

    public MessageDefaults Defaults { get; init; } = new();
}
