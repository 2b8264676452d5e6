using System.Text.RegularExpressions;
using ClosedLoop.Delivery.Rendering;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Fetching;

/// <summary>What can be said about referenced content before anything is fetched.</summary>
public static partial class ContentReferences
{
    /// <summary>Most addresses of one mailing: the copy waits for all of them.</summary>
    public const int Most = 50;

    /// <summary>Everything that keeps the references of a mailing from being used.</summary>
    public static IEnumerable<string> Faults(SourceMailing mailing, ClientDefinition client)
    {
        ArgumentNullException.ThrowIfNull(mailing);
        ArgumentNullException.ThrowIfNull(client);
        if (mailing.Content.Count == 0) yield break;
        if (mailing.Dialect != TemplateDialect.Liquid) yield return $"content is declared, but the dialect is {mailing.Dialect}; referenced content is for Liquid only.";
        if (mailing.Content.Count > Most) yield return $"content has {mailing.Content.Count} entries; expected at most {Most}.";
        if (client.List.IndexOf(ContentInsertion.Root) >= 0) yield return "content is declared, but the list has a column of that name; rename the column.";
        var hosts = new HostList(client.Content.AllowedHosts.Where(host => HostList.Fault(host) is null));
        foreach (var (name, reference) in mailing.Content)
        {
            if (!Name().IsMatch(name)) yield return $"content: '{name}' is no name; expected letters, digits and '_', a letter first, at most 64.";
            if (Fault(reference, hosts) is { } fault) yield return $"content.{name}.url: {fault}.";
        }

        foreach (var name in new[] { mailing.Subject, mailing.Html, mailing.Text }.OfType<string>().SelectMany(ContentInsertion.NamesIn).Distinct(StringComparer.Ordinal))
        {
            if (!mailing.Content.ContainsKey(name)) yield return $"a template names content.{name}, which is not declared; expected one of {string.Join(", ", mailing.Content.Keys.Order(StringComparer.Ordinal))}.";
        }
    }

    private static string? Fault(ContentReference? reference, HostList hosts)
    {
        // JSON can say null where the type cannot.
        if (reference?.Url is null) return "null; expected an address such as https://cms.example.com/offer.html";
        try
        {
            var address = ContentAddress.Parse(reference.Url);
            return hosts.EntryOf(address.Host) is null ? $"HostRefused: '{address.Host}' is not allowed; expected a host of content.allowedHosts in client.json" : null;
        }
        catch (ContentException e)
        {
            return e.Message;
        }
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{0,63}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
