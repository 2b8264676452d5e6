using System.Buffers;
using System.Net;
using ClosedLoop.Model.Delivery;

namespace ClosedLoop.Delivery.Fetching;

/// <summary>What an answer may be.</summary>
public sealed partial class ContentFetcher
{
    private static async Task<FetchedContent> ReadAsync(ContentAddress address, HttpResponseMessage response, ContentRequest request, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        if (status is 429 or (>= 500 and <= 599)) throw new TransientContentException(ContentFault.Status, $"{address} answers {status}", "200");
        if (response.StatusCode != HttpStatusCode.OK) throw new ContentException(ContentFault.Status, $"{address} answers {status}", "200");
        var type = response.Content.Headers.ContentType;
        var media = type?.MediaType?.ToLowerInvariant();
        if (media is null || !request.MediaTypes.Contains(media, StringComparer.Ordinal))
            throw new ContentException(ContentFault.TypeRefused, $"{address} is of type {media ?? "(none)"}", string.Join(" or ", request.MediaTypes));
        if (response.Content.Headers.ContentEncoding.Count > 0)
            throw new ContentException(ContentFault.TypeRefused, $"{address} is encoded as {string.Join(", ", response.Content.Headers.ContentEncoding)}", "gzip, deflate, br or no encoding");
        if (response.Content.Headers.ContentLength > request.MaxBytes) throw TooLarge(address, request.MaxBytes);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            return new FetchedContent(address, media, type!.CharSet?.Trim('"'), await ReadAsync(body, address, request.MaxBytes, cancellation)) { FileName = NameOf(response) };
        }
        catch (Exception e) when (e is IOException or HttpRequestException or InvalidDataException)
        {
            throw new ContentException(ContentFault.NotConnected, $"{address} broke off: {e.Message}", "a whole answer", e);
        }
    }

    /// <summary>RFC 6266 section 4.3: the form with a charset wins over the plain one.</summary>
    private static string? NameOf(HttpResponseMessage response)
    {
        var disposition = response.Content.Headers.ContentDisposition;
        if (disposition?.FileNameStar is { Length: > 0 } encoded) return encoded;
        return disposition?.FileName is { Length: > 0 } plain ? plain.Trim('"').Replace("\\\"", "\"", StringComparison.Ordinal) : null;
    }

    /// <summary>Counts what comes out of decompression, piece by piece: a bomb is left where it crosses the limit.</summary>
    private static async Task<byte[]> ReadAsync(Stream body, ContentAddress address, int limit, CancellationToken cancellation)
    {
        using var kept = new MemoryStream();
        var piece = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            int read;
            while ((read = await body.ReadAsync(piece, cancellation)) > 0)
            {
                if (kept.Length + read > limit) throw TooLarge(address, limit);
                kept.Write(piece, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        return kept.ToArray();
    }

    private static ContentException TooLarge(ContentAddress address, int limit) =>
        new(ContentFault.TooLarge, $"{address} has more than {limit} bytes", $"at most {limit}");
}
