using System.Buffers;
using System.Globalization;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text.Json;
using ClosedLoop.Data.Optimove;
using ClosedLoop.Model;
using ClosedLoop.Optimove.Secrets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ClosedLoop.Optimove.Inbound;

/// <summary>
/// <c>POST /optimove/event/{appKey}</c>: Optimove's calls (optimove spec section 4). 200 comes after the call is durable; what follows from it is done later. A call that is
/// no concern of ours is answered 200 as well, because whoever gets an error calls again for ever.
/// </summary>
internal sealed class ListenerEndpoint(
    ConnectorDirectory directory, OptimoveEventStore events, ConnectorWaker waker, FloodGuard flood, ListenerLog log, OptimoveOptions options, TimeProvider time)
{
    public const int MaxBody = 256 * 1024;

    /// <summary>What is a little too large is read to its end: a caller whose connection is cut while he writes never sees the answer.</summary>
    private const int MostRead = 4 * MaxBody;

    /// <summary>How long two equal triggers without a time count as one.</summary>
    private const long SameBody = 60_000_000;

    private const int LongestId = 200;

    public async Task<IResult> PostAsync(string appKey, HttpContext context)
    {
        var connector = directory.Find(appKey);
        if (connector is null || !IsAllowed(connector, context)) return Problem(StatusCodes.Status404NotFound, "CL9011: not found");
        var request = context.Request;
        if (request.Headers.TryGetValue("X-netmera-api-key", out var header)
            && !CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(AppKey.HashOf(header.ToString())), System.Text.Encoding.ASCII.GetBytes(AppKey.HashOf(appKey))))
            return Problem(StatusCodes.Status401Unauthorized, "CL9012: the key in the header is wrong; leave it out, or send the key of the address");
        if (!IsJson(request.ContentType)) return Problem(StatusCodes.Status415UnsupportedMediaType, "CL9013: expected application/json");
        if (!flood.Allows(connector.ClientId, triggers: false, options.CallsPerSecond)) return TooMany(context);
        if (request.ContentLength > MostRead) return TooLarge();
        var size = context.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (size is { IsReadOnly: false }) size.MaxRequestBodySize = MostRead;
        try
        {
            var body = await ReadAsync(context);
            return body is null ? TooLarge() : await TakeAsync(connector, body, context);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TooLarge();
        }
        catch (JsonException e)
        {
            log.NotUnderstood(connector.ClientKey, e.Message);
            return Problem(StatusCodes.Status400BadRequest, "CL9014: the body is not a JSON object of at most 16 levels");
        }
    }

    private async Task<IResult> TakeAsync(ConnectorEntry connector, byte[] body, HttpContext context)
    {
        var parsed = EventParser.Parse(body);
        var type = parsed.Type ?? Number(context.Request.Query["e"]);
        var channel = parsed.ChannelId ?? Number(context.Request.Query["c"]);
        if (parsed.Type is { } said && Number(context.Request.Query["e"]) is { } registered && said != registered) log.TypeDiffers(connector.ClientKey, said, registered);
        if (type is null) return Problem(StatusCodes.Status400BadRequest, "CL9015: no EventTypeID, neither in the body nor in the address");
        var fault = Fault(type.Value, parsed, channel);
        if (fault is not null) return Problem(StatusCodes.Status400BadRequest, "CL9015: " + fault);
        var ignored = Ignored(connector, type.Value, parsed, channel);
        if (ignored is null && type == EventType.Triggered && !flood.Allows(connector.ClientId, triggers: true, connector.Definition.TriggersPerSecond)) return TooMany(context);
        var call = Call(connector, type.Value, parsed, channel ?? 0, body, ignored);
        Acceptance acceptance;
        try
        {
            acceptance = await events.AcceptAsync(call);
        }
#pragma warning disable CA1031 // whatever keeps it from being stored, Optimove must call again
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.NotStored(connector.ClientKey, e);
            return Problem(StatusCodes.Status503ServiceUnavailable, "CL9016: the event could not be stored; call again");
        }

        if (acceptance == Acceptance.Ignored) log.Ignored(connector.ClientKey, type.Value, ignored!);
        else waker.Wake(connector.ClientKey);
        return Results.Json(new ListenerAnswer(acceptance switch { Acceptance.Accepted => "accepted", Acceptance.Duplicate => "duplicate", _ => "ignored" }));
    }

    private NewOptimoveEvent Call(ConnectorEntry connector, int type, ParsedEvent parsed, int channel, byte[] body, string? ignored)
    {
        var now = time.NowMicroseconds();
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(connector.Definition.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        var stamp = EventParser.TimeOf(parsed.TimeStamp, zone);
        var campaign = ProfileStore.Fold(parsed.Campaign ?? "");
        var key = type == EventType.Triggered
            ? stamp is { } at
                ? string.Create(CultureInfo.InvariantCulture, $"{type}/{campaign}/{channel}/{parsed.TemplateId}/{parsed.Customer}/{at}")
                : "11/#" + Convert.ToHexStringLower(SHA256.HashData(body))
            : string.Create(CultureInfo.InvariantCulture, $"{type}/{campaign}/{channel}");
        return new NewOptimoveEvent
        {
            ClientId = connector.ClientId,
            Type = type,
            DedupKey = key,
            DuplicatesSince = type == EventType.Triggered && stamp is null ? now - SameBody : 0,
            Campaign = campaign,
            ChannelId = channel,
            TemplateId = parsed.TemplateId,
            Customer = parsed.Customer,
            OccurredAt = stamp ?? (type == EventType.Triggered ? now : 0),
            ReceivedAt = now,
            IgnoredBecause = ignored,
            Raw = body,
        };
    }

    private static string? Fault(int type, ParsedEvent parsed, int? channel) => type switch
    {
        EventType.Cancelled or EventType.Executed or EventType.ExecutedWithFiles or EventType.Triggered when parsed.Campaign is not { Length: <= LongestId } => "CampaignID is missing or longer than 200 characters",
        EventType.Executed or EventType.ExecutedWithFiles or EventType.Triggered when channel is null or <= 0 => "ChannelID is missing",
        EventType.Triggered when parsed.Customer is not { Length: <= LongestId } => "CustomerID is missing or longer than 200 characters",
        _ => null,
    };

    /// <summary>Why nothing follows from a call, or <c>null</c>.</summary>
    private static string? Ignored(ConnectorEntry connector, int type, ParsedEvent parsed, int? channel)
    {
        if (type is not (EventType.Cancelled or EventType.Triggered or EventType.Executed or EventType.ExecutedWithFiles)) return "the type is not used";
        if (type == EventType.ExecutedWithFiles && !connector.Definition.SdkFlow) return "sdkFlow is off";
        if (channel is { } id && id != 0 && connector.Channel(id) is null) return string.Create(CultureInfo.InvariantCulture, $"channel {id} is not one of the connector");
        return type == EventType.Triggered && parsed.TemplateId is null ? "the trigger names no template" : null;
    }

    private static async Task<byte[]?> ReadAsync(HttpContext context)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(8192);
        try
        {
            using var body = new MemoryStream();
            int read;
            var length = 0L;
            while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
            {
                length += read;
                if (length <= MaxBody) body.Write(buffer, 0, read);
            }

            return length > MaxBody ? null : body.ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool IsAllowed(ConnectorEntry connector, HttpContext context)
    {
        if (connector.Allowed.Count == 0) return true;
        var address = context.Connection.RemoteIpAddress;
        if (address is { IsIPv4MappedToIPv6: true }) address = address.MapToIPv4();
        return address is not null && connector.Allowed.Any(network => network.Contains(address));
    }

    private static bool IsJson(string? contentType)
    {
        if (string.IsNullOrEmpty(contentType)) return true;
        var type = contentType.Split(';')[0].Trim();
        return type.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase) || type.Equals("text/json", StringComparison.OrdinalIgnoreCase)
            || type.Equals(MediaTypeNames.Text.Plain, StringComparison.OrdinalIgnoreCase);
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IResult TooMany(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return Problem(StatusCodes.Status429TooManyRequests, "CL9017: too many calls in this second; call again");
    }

    private static IResult TooLarge() => Problem(StatusCodes.Status413PayloadTooLarge, "CL9018: the body is larger than 256 KiB");

    private static IResult Problem(int status, string title) => Results.Problem(statusCode: status, title: title);
}
