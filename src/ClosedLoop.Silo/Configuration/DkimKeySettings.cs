using ClosedLoop.Mail.Dkim;

namespace ClosedLoop.Silo.Configuration;

/// <summary>One signing key; a domain with two, one of each algorithm, gets two signatures.</summary>
public sealed record DkimKeySettings
{
    /// <summary>Domain of sender addresses, and of those below it that have no key of their own.</summary>
    public string Domain { get; init; } = "";

    /// <summary>Name below <c>_domainkey.</c> under which the public key is in the DNS.</summary>
    public string Selector { get; init; } = "";

    /// <summary>Private key in PEM, not encrypted.</summary>
    public string KeyFile { get; init; } = "";

    /// <summary>What the key must be for; not set takes it as it is.</summary>
    public DkimAlgorithm? Algorithm { get; init; }
}
