using System.Text.Json.Serialization;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Model.Accounts;

/// <summary>The e-mail, SMS or push group that <c>newsletter</c> names, with the defaults of its campaigns.</summary>
public sealed record AccountGroup
{
    public required long Id { get; init; }

    public string? Name { get; init; }

    public OrderChannel Channel { get; init; } = OrderChannel.Email;

    /// <summary>Id of the database.</summary>
    public required long Database { get; init; }

    public bool Transactional { get; init; }

    /// <summary>Files that go with every mail; for e-mail only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<GroupAttachment>? Attachments { get; init; }

    public MessageDefaults Defaults { get; init; } = new();
}
