using System.Text.Json;
using ClosedLoop.Data.Optimove;
using ClosedLoop.Model;
using ClosedLoop.Optimove.Api;
using ClosedLoop.Optimove.Secrets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Optimove.Inbound;

/// <summary><c>POST /optimove/attribute-callback/{secret}</c>: what became of a request with attributes (optimove spec section 8.1). The secret is made for one request and good for 15 minutes.</summary>
internal sealed partial class CallbackEndpoint(AttributeStore attributes, TimeProvider time, ILogger<CallbackEndpoint> logger)
{
    private const int MaxBody = 1024 * 1024;
    private const long Lifetime = 15 * 60_000_000L;

    private readonly ILogger _logger = logger;

    public async Task<IResult> PostAsync(string secret, HttpContext context)
    {
        if (attributes.Find(AppKey.HashOf(secret), time.NowMicroseconds() - Lifetime) is not var (batch, client)) return Results.NotFound();
        var size = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>();
        if (size is { IsReadOnly: false }) size.MaxRequestBodySize = MaxBody;
        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            var row = new TolerantRow(document.RootElement);
            var errors = row.Find("errors") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Select(Error).ToList() : [];
            var locked = await attributes.CallBackAsync(batch, client, row.Flag("isSuccess") ?? errors.Count == 0, errors);
            if (errors.Count > 0) LogErrors(batch, errors.Count);
            foreach (var field in locked.Distinct(StringComparer.OrdinalIgnoreCase)) LogLocked(field);
        }
        catch (Exception e) when (e is JsonException or BadHttpRequestException)
        {
            // The secret is right, so the caller is; what cannot be read is found unconfirmed later.
            LogNotUnderstood(batch, e.Message);
        }

        return Results.Ok();
    }

    private static CallbackError Error(JsonElement element)
    {
        var row = new TolerantRow(element);
        var said = row.Text("error") ?? "unknown";
        var name = said switch
        {
            "1" => "INVALID_CUSTOMER",
            "2" => "INVALID_FIELD",
            "3" => "INVALID_VALUE",
            "4" => "UPDATE_FIELD_TEMPORARY_UNAVAILABLE",
            _ => said.Length > 100 ? said[..100] : said,
        };
        return new CallbackError(row.Text("customerId") ?? "", row.Text("realFieldName") ?? "", name, name.Equals("UPDATE_FIELD_TEMPORARY_UNAVAILABLE", StringComparison.OrdinalIgnoreCase));
    }

    [LoggerMessage(9020, LogLevel.Warning, "CL9020: Optimove refused {Count} attributes of request {Batch}; they are kept aside, see closedloop optimove status")]
    private partial void LogErrors(long batch, int count);

    [LoggerMessage(9021, LogLevel.Error, "CL9021: Optimove has not opened the attribute {Field} for updates; it is not sent any more until closedloop optimove replay")]
    private partial void LogLocked(string field);

    [LoggerMessage(9022, LogLevel.Warning, "the call back for request {Batch} could not be understood: {Cause}")]
    private partial void LogNotUnderstood(long batch, string cause);
}
