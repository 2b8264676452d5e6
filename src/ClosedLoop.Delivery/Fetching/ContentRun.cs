using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using AngleSharp;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Fetching;

/// <summary>
/// One run: each address is asked once, however many ask for it and whatever came of it, and forgotten with the run
/// (closed-loop spec section 10: never across runs).
/// </summary>
internal sealed class ContentRun(ContentFetcher fetcher, ContentFetchOptions options) : IContentRun
{
    /// <summary>An address of a link is longer than this only by mistake.</summary>
    private const int MaxLinkBytes = 64 * 1024;

    /// <summary>RFC 9110 section 4.1 asks for at least this; longer addresses are not tracked either.</summary>
    private const int MaxTargetLength = 5_959;

    private static readonly string[] TextTypes = ["text/html", "application/xhtml+xml", "text/plain"];

    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<Key, Lazy<Task<FrozenContent>>> _content = new();

    public async Task<IReadOnlyDictionary<string, FrozenContent>> FetchAsync(SourceMailing source, ContentSettings settings, CancellationToken cancellation = default)
    {
        var content = new SortedDictionary<string, FrozenContent>(StringComparer.Ordinal);
        if (source.Content.Count == 0) return content;
        var hosts = new HostList(settings.AllowedHosts);
        var all = source.Content.Select(entry => (entry.Key, Content: FetchAsync(entry.Key, entry.Value, hosts, cancellation))).ToList();

        // All are waited for, so that nothing runs on behind a failure.
        await ((Task)Task.WhenAll(all.Select(each => each.Content))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var (name, fetched) in all) content.Add(name, await fetched);
        return content;
    }

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private async Task<FrozenContent> FetchAsync(string name, ContentReference reference, HostList hosts, CancellationToken cancellation)
    {
        try
        {
            var address = ContentAddress.Parse(reference.Url);

            // Whether this client may is asked each time; what was fetched for another client of the run is no way round it.
            fetcher.Admit(address, hosts);
            var key = new Key(address.Uri.AbsoluteUri, reference.Kind, string.Join(' ', hosts.Entries));
            var fetched = _content.GetOrAdd(key, _ => new Lazy<Task<FrozenContent>>(() => LoadAsync(new ContentRequest(address, hosts, TextTypes, reference.Kind == ContentKind.Link ? MaxLinkBytes : options.MaxTextBytes), reference.Kind)));
            return await fetched.Value.WaitAsync(cancellation);
        }
        catch (ContentException e)
        {
            throw e.About($"content '{name}'");
        }
    }

    private async Task<FrozenContent> LoadAsync(ContentRequest request, ContentKind kind)
    {
        var fetched = await fetcher.FetchAsync(request, _end.Token);
        var text = ContentText.Decode(fetched);
        var frozen = new FrozenContent { Url = fetched.Address.Uri.AbsoluteUri, Sha256 = Convert.ToHexStringLower(SHA256.HashData(fetched.Body)), Text = text };
        if (kind == ContentKind.Link) return frozen with { Text = TargetOf(text, fetched.Address) };
        if (fetched.MediaType == "text/plain")
        {
            var lines = text.ReplaceLineEndings("\n");
            return frozen with { Text = lines, Html = WebUtility.HtmlEncode(lines).Replace("\n", "<br>\n", StringComparison.Ordinal) };
        }

        try
        {
            var body = HtmlCleaner.Clean(text, fetched.Address.Uri);
            return frozen with { Html = body.ChildNodes.ToHtml(), Text = HtmlText.Of(body) };
        }
        catch (ContentException e)
        {
            throw e.About(fetched.Address.ToString());
        }
    }

    private static string TargetOf(string text, ContentAddress from)
    {
        var line = text.AsSpan(0, text.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? end : text.Length).Trim().ToString();
        var isTarget = line.Length <= MaxTargetLength && !line.Any(char.IsWhiteSpace)
            && Uri.TryCreate(line, UriKind.Absolute, out var target) && target.Scheme is "http" or "https" && target.UserInfo.Length == 0;
        return isTarget ? line : throw new ContentException(ContentFault.ContentRefused, $"the first line of {from} is no address of a link", "an http or https address alone on the first line");
    }

    private sealed record Key(string Address, ContentKind Kind, string Hosts);
}
