using Microsoft.AspNetCore.Http.Metadata;

namespace ClosedLoop.Operations.Hosting;

/// <summary>Most octets that a request to a route may have, where it is not the listener's own limit.</summary>
internal sealed record BodyLimit(long Bytes) : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => Bytes;
}
