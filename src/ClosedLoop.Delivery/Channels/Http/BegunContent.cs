using System.Net;

namespace ClosedLoop.Delivery.Channels.Http;

/// <summary>A request body that knows whether its first byte was asked for. One that was not cannot have been taken: it is announced by its length and came to nothing.</summary>
internal sealed class BegunContent(byte[] content) : HttpContent
{
    /// <summary>Whether a connection stood and the body was being written.</summary>
    public bool Begun { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Begun = true;
        return stream.WriteAsync(content, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = content.Length;
        return true;
    }
}
