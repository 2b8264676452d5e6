using System.Collections.Frozen;

namespace ClosedLoop.Delivery.Telemetry;

/// <summary>
/// The large mailbox providers, by the domain of an address: a label of a handful of values where the domain itself would be one of millions, and could be a person's own.
/// </summary>
public static class ProviderGroup
{
    private const string Others = "other";

    private static readonly FrozenDictionary<string, string> Groups = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["gmail.com"] = "google",
        ["googlemail.com"] = "google",
        ["outlook.com"] = "microsoft",
        ["hotmail.com"] = "microsoft",
        ["live.com"] = "microsoft",
        ["msn.com"] = "microsoft",
        ["hotmail.de"] = "microsoft",
        ["outlook.de"] = "microsoft",
        ["hotmail.fr"] = "microsoft",
        ["hotmail.co.uk"] = "microsoft",
        ["hotmail.it"] = "microsoft",
        ["hotmail.es"] = "microsoft",
        ["live.de"] = "microsoft",
        ["yahoo.com"] = "yahoo",
        ["yahoo.de"] = "yahoo",
        ["yahoo.co.uk"] = "yahoo",
        ["yahoo.fr"] = "yahoo",
        ["yahoo.it"] = "yahoo",
        ["yahoo.es"] = "yahoo",
        ["ymail.com"] = "yahoo",
        ["aol.com"] = "yahoo",
        ["aol.de"] = "yahoo",
        ["icloud.com"] = "apple",
        ["me.com"] = "apple",
        ["mac.com"] = "apple",
        ["gmx.de"] = "united-internet",
        ["gmx.net"] = "united-internet",
        ["gmx.at"] = "united-internet",
        ["gmx.ch"] = "united-internet",
        ["gmx.com"] = "united-internet",
        ["web.de"] = "united-internet",
        ["mail.com"] = "united-internet",
        ["t-online.de"] = "telekom",
        ["magenta.de"] = "telekom",
        ["orange.fr"] = "orange",
        ["wanadoo.fr"] = "orange",
        ["libero.it"] = "italiaonline",
        ["virgilio.it"] = "italiaonline",
        ["mail.ru"] = "vk",
        ["yandex.ru"] = "yandex",
        ["qq.com"] = "tencent",
        ["163.com"] = "netease",
        ["126.com"] = "netease",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Groups.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>All values.</summary>
    public static IReadOnlyCollection<string> All { get; } = [.. Groups.Values.Append(Others).Distinct(StringComparer.Ordinal)];

    public static string Of(ReadOnlySpan<char> address) => Lookup.TryGetValue(address[(address.LastIndexOf('@') + 1)..], out var group) ? group : Others;
}
