using ClosedLoop.Data.Content;
using ClosedLoop.Delivery.Fetching;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Content.Codes;

/// <inheritdoc cref="ICodedContent"/>
internal sealed class CodedContents(ContentFetcher fetcher) : ICodedContent
{
    /// <summary>Octets of one text or picture (xml-delivery spec section 10).</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    /// <summary>Codes of one message.</summary>
    public const int Most = 50;

    /// <summary>One attempt (xml-delivery spec section 10).</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public async Task<CodedMailing> FetchAsync(FrozenMailing content, IReadOnlyList<string> hosts, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(hosts);
        var source = content.Source;
        var codes = new[] { source.Html, source.Text, source.Push?.Apns, source.Push?.Fcm }.SelectMany(FetchingCodes.Find).ToList();
        if (codes.Count == 0) return new CodedMailing(content, []);
        if (codes.Count > Most) throw new ContentException(ContentFault.TooLarge, $"{codes.Count} codes that fetch in one message", $"at most {Most}");
        var list = new HostList(hosts.Where(host => HostList.Fault(host) is null));
        var placeholders = new UrlPlaceholders(content.List);
        var wanted = new Dictionary<(string Url, bool IsFile), Task<FetchedContent>>();
        foreach (var code in codes)
        {
            var url = FetchingCodes.WithNotes(code.Url, source.Notes);
            var isPersonal = FetchingCodes.IsPersonal(url);
            if (isPersonal && !code.MayBePersonal)
                throw new ContentException(ContentFault.AddressMalformed, $"{Shown(url)} with a field of the recipient, in a code that is fetched once for all", code.IsFile ? "^(…)^ for it" : "<@…@> for it");
            var address = ContentAddress.Parse(isPersonal ? placeholders.Resolve(url, _ => "x") : url);
            fetcher.Admit(address, list);
            fetcher.RequireSecure(address);
            if (isPersonal || wanted.ContainsKey((url, code.IsFile))) continue;
            wanted.Add((url, code.IsFile), fetcher.FetchAsync(
                new ContentRequest(address, list, code.IsFile ? AttachmentTypes.PictureTypes : ContentReading.TextTypes, MaxBytes) { Timeout = Timeout, SecureOnly = true }, cancellation));
        }

        // All are waited for, so that nothing runs on behind a failure.
        await ((Task)Task.WhenAll(wanted.Values)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var fetched = new Dictionary<(string, bool), FetchedContent>();
        foreach (var (key, answer) in wanted) fetched.Add(key, await answer);
        return new CodedMessage(content, hosts, fetched).Write();
    }

    /// <summary>The picture as it travels with every mail.</summary>
    public static FrozenFile Picture(FetchedContent fetched)
    {
        var hash = FileContents.HashOf(fetched.Body);
        return new FrozenFile { Name = hash[..8] + AttachmentTypes.EndingOf(fetched.MediaType), MediaType = fetched.MediaType, Sha256 = hash, Size = fetched.Body.Length, Url = fetched.Address.Uri.AbsoluteUri };
    }

    /// <summary>Queries may be personal.</summary>
    private static string Shown(string url) => url.IndexOf('?', StringComparison.Ordinal) is var query and >= 0 ? url[..query] : url;
}
