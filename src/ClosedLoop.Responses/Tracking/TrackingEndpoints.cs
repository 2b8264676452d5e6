using System.Text;
using ClosedLoop.Model;
using ClosedLoop.Model.Events;
using ClosedLoop.Model.Tokens;
using ClosedLoop.Responses.Spool;
using ClosedLoop.Responses.Verdicts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Responses.Tracking;

/// <summary>
/// Answers the links in messages. Everything is decided from the signed token; what happened is put in the spool before the answer goes out.
/// GET records that something was seen but changes nothing for the recipient: link scanners follow every link of a message.
/// </summary>
internal sealed partial class TrackingEndpoints(
    TrackingTokenCodec tokens,
    EventSpool spool,
    AutomaticOpenDetector automaticOpens,
    TrackingOptions options,
    TimeProvider time,
    ILogger<TrackingEndpoints> logger)
{
    private const string GifSuffix = ".gif";

    // A transparent GIF of one pixel, 43 bytes: header, 1x1 screen of two colours, transparency of colour 0, one-pixel image, end.
    private static readonly byte[] Pixel =
    [
        .. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF,
        0x21, 0xF9, 4, 1, 0, 0, 0, 0,
        0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B,
    ];

    public async Task OpenAsync(HttpContext context)
    {
        if (await AcceptAsync(context, TrackingTokenKind.Open) is not { } token)
            return;
        if (HttpMethods.IsGet(context.Request.Method))
        {
            var automatic = automaticOpens.IsAutomatic(UserAgent(context), context.Connection.RemoteIpAddress);
            _ = await TryRecordAsync(context, token, TrackedEventKind.Open, (automatic ? TrackedEventFlags.Automatic : TrackedEventFlags.None) | Prefetch(context));
        }
        await AnswerAsync(context, StatusCodes.Status200OK, "image/gif", Pixel);
    }

    public async Task ClickAsync(HttpContext context)
    {
        if (await AcceptAsync(context, TrackingTokenKind.Click) is not { } token)
            return;

        // A click that cannot be recorded still gets to its target: the reader must not suffer from our disk.
        if (HttpMethods.IsGet(context.Request.Method))
            _ = await TryRecordAsync(context, token, TrackedEventKind.Click, Prefetch(context));
        context.Response.Headers.Location = Location(token.Target!);
        context.Response.StatusCode = StatusCodes.Status302Found;
    }

    public async Task UnsubscribePageAsync(HttpContext context)
    {
        if (await AcceptAsync(context, TrackingTokenKind.Unsubscribe) is not null)
            await AnswerPageAsync(context, StatusCodes.Status200OK, UnsubscribePages.Confirm);
    }

    public async Task UnsubscribeAsync(HttpContext context)
    {
        if (await AcceptAsync(context, TrackingTokenKind.Unsubscribe) is not { } token)
            return;
        var body = await ReadBodyAsync(context);
        if (body is null)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }
        var oneClick = IsOneClick(body);
        var recorded = await TryRecordAsync(context, token, TrackedEventKind.Unsubscribe, oneClick ? TrackedEventFlags.OneClick : TrackedEventFlags.None);
        if (!recorded)
            context.Response.Headers.RetryAfter = "120";
        var status = recorded ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        if (oneClick)
            await AnswerAsync(context, status, "text/plain; charset=utf-8", recorded ? "Unsubscribed."u8.ToArray() : "Not recorded, please try again."u8.ToArray());
        else
            await AnswerPageAsync(context, status, recorded ? UnsubscribePages.Done : UnsubscribePages.TryAgain);
    }

    /// <summary>Sets the headers every answer has and refuses what is too long or not ours; null when that was the answer.</summary>
    private async Task<TrackingToken?> AcceptAsync(HttpContext context, TrackingTokenKind kind)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store, no-cache, must-revalidate, private, max-age=0";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        if (context.Request.QueryString.Value is { } query && query.Length > options.MaxQueryLength)
        {
            context.Response.StatusCode = StatusCodes.Status414UriTooLong;
            return null;
        }
        var text = (context.Request.RouteValues["token"] as string).AsSpan();
        if (kind == TrackingTokenKind.Open && text.EndsWith(GifSuffix, StringComparison.Ordinal))
            text = text[..^GifSuffix.Length];
        if (tokens.TryRead(text, kind, out var token))
            return token;
        await AnswerPageAsync(context, StatusCodes.Status404NotFound, UnsubscribePages.NotFound);
        return null;
    }

    private static TrackedEventFlags Prefetch(HttpContext context) =>
        RequestSigns.IsPrefetch(name => context.Request.Headers[name]) ? TrackedEventFlags.Prefetch : TrackedEventFlags.None;

    private static string UserAgent(HttpContext context) => context.Request.Headers.UserAgent.ToString();

    private async Task<bool> TryRecordAsync(HttpContext context, TrackingToken token, TrackedEventKind kind, TrackedEventFlags flags)
    {
        try
        {
            await spool.AppendAsync(new TrackedEvent(
                kind,
                token.MailingId,
                token.RecipientSequence,
                token.LinkOrdinal,
                time.NowMicroseconds(),
                UserAgent(context),
                context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress,
                flags));
            return true;
        }
        catch (SpoolException cause)
        {
            LogNotRecorded(cause, kind, token.MailingId, token.RecipientSequence);
            return false;
        }
    }

    private async Task<byte[]?> ReadBodyAsync(HttpContext context)
    {
        if (context.Request.ContentLength > options.MaxBodyBytes)
            return null;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = options.MaxBodyBytes + 1;
        var buffer = new byte[options.MaxBodyBytes + 1];
        try
        {
            var length = await context.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, context.RequestAborted);
            return length > options.MaxBodyBytes ? null : buffer[..length];
        }
        catch (BadHttpRequestException refused) when (refused.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
    }

    // RFC 8058 section 3.2: the pair arrives url-encoded or as multipart/form-data. The key and the value are searched in either,
    // because a client that frames its form oddly still means it.
    private static bool IsOneClick(ReadOnlySpan<byte> body)
    {
        var text = Encoding.Latin1.GetString(body);
        return text.Contains("List-Unsubscribe", StringComparison.OrdinalIgnoreCase) && text.Contains("One-Click", StringComparison.OrdinalIgnoreCase);
    }

    // A header is ASCII; letters outside it travel percent-encoded (RFC 3987 section 3.1). All else stays as the author wrote it.
    private static string Location(string target)
    {
        if (Ascii.IsValid(target))
            return target;
        var encoded = new StringBuilder(target.Length * 2);
        foreach (var rune in target.EnumerateRunes())
        {
            if (rune.IsAscii)
                encoded.Append((char)rune.Value);
            else
                encoded.Append(Uri.EscapeDataString(rune.ToString()));
        }
        return encoded.ToString();
    }

    private static Task AnswerPageAsync(HttpContext context, int status, ReadOnlyMemory<byte> page)
    {
        context.Response.Headers.ContentSecurityPolicy = UnsubscribePages.ContentSecurityPolicy;
        return AnswerAsync(context, status, "text/html; charset=utf-8", page);
    }

    private static async Task AnswerAsync(HttpContext context, int status, string contentType, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
