namespace ClosedLoop.Model.Accounts;

/// <summary>
/// An account of XML Delivery as people write it in <c>account.json</c> (<c>docs/xml-delivery.md</c>): who may order, and the groups, databases, filters and
/// past campaigns that orders name by id.
/// </summary>
public sealed record AccountDefinition
{
    public required string Key { get; init; }

    public string? Name { get; init; }

    /// <summary>SHA-256 of the API keys, as in <c>sha256:9f86…</c>: the tokens themselves are in no file of ours.</summary>
    public IReadOnlyList<string> ApiKeys { get; init; } = [];

    public IReadOnlyList<AccountUser> Users { get; init; } = [];

    public IReadOnlyList<UserDatabase> Databases { get; init; } = [];

    public IReadOnlyList<SavedFilter> Filters { get; init; } = [];

    public IReadOnlyList<AccountGroup> Groups { get; init; } = [];

    /// <summary>Past campaigns that orders may name as template.</summary>
    public IReadOnlyList<AccountTemplate> Templates { get; init; } = [];

    /// <summary>Domains a sender may have.</summary>
    public IReadOnlyList<string> SenderDomains { get; init; } = [];

    /// <summary>Registered sender names of SMS; compared with regard to case.</summary>
    public IReadOnlyList<string> SmsAliases { get; init; } = [];

    /// <summary>SMS of more than 160 characters are sent in parts.</summary>
    public bool SmsConcatenation { get; init; }

    /// <summary>Rendering and spam analysis of tests.</summary>
    public bool Rendering { get; init; }

    /// <summary>Hosts that placeholders may fetch from, over https; none by default.</summary>
    public IReadOnlyList<string> ContentHosts { get; init; } = [];

    /// <summary>What holds for the polled folder.</summary>
    public OrderConfiguration XmlDelivery { get; init; } = new();
}
