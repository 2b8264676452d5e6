using ClosedLoop.Model.Delivery;

namespace ClosedLoop.Delivery.Fetching;

/// <summary>Referenced content over the one fetcher.</summary>
internal sealed class ReferencedContent(ContentFetcher fetcher, ContentFetchOptions options) : IReferencedContent
{
    public IContentRun StartRun() => new ContentRun(fetcher, options);
}
