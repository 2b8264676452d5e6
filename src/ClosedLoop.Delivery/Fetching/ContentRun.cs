using System.Collections.Concurrent;
using ClosedLoop.Delivery.Content;
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
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<Key, Lazy<Task<FrozenContent>>> _content = new();

    private readonly ConcurrentDictionary<(string Address, int MaxBytes, string Hosts), Lazy<Task<FetchedContent>>> _files = new();

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

    public async Task<IReadOnlyDictionary<int, FetchedFile>> FetchFilesAsync(SourceMailing source, ContentSettings settings, CancellationToken cancellation = default)
    {
        var files = new Dictionary<int, FetchedFile>();
        for (var i = 0; i < source.Attachments.Count; i++)
        {
            if (source.Attachments[i] is not { Url: { } url } attachment) continue;
            try
            {
                var request = new ContentRequest(ContentAddress.Parse(url), new HostList(settings.AllowedHosts), AttachmentTypes.MediaTypes, settings.MaxAttachmentBytes);
                fetcher.Admit(request.Address, request.Hosts);
                var key = (request.Address.Uri.AbsoluteUri, request.MaxBytes, string.Join(' ', request.Hosts.Entries));
                var fetched = _files.GetOrAdd(key, _ => new Lazy<Task<FetchedContent>>(() => fetcher.FetchAsync(request, _end.Token)));
                files.Add(i, AttachmentFile.Of(await fetched.Value.WaitAsync(cancellation), attachment.Name, i + 1));
            }
            catch (ContentException e)
            {
                throw e.About($"attachment {i + 1}");
            }
        }

        AttachmentFile.CheckTogether(
            source.Attachments.Count, source.Attachments.Sum(attachment => (long)(attachment.File?.Size ?? 0)) + files.Values.Sum(file => (long)file.File.Size), settings);
        return files;
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
            var bytes = reference.Kind == ContentKind.Link ? ContentReading.MaxLinkBytes : options.MaxTextBytes;
            var fetched = _content.GetOrAdd(key, _ => new Lazy<Task<FrozenContent>>(() => LoadAsync(new ContentRequest(address, hosts, ContentReading.TextTypes, bytes), reference.Kind)));
            return await fetched.Value.WaitAsync(cancellation);
        }
        catch (ContentException e)
        {
            throw e.About($"content '{name}'");
        }
    }

    private async Task<FrozenContent> LoadAsync(ContentRequest request, ContentKind kind) => ContentReading.Read(await fetcher.FetchAsync(request, _end.Token), kind);

    private sealed record Key(string Address, ContentKind Kind, string Hosts);
}
