using System.Security.Cryptography;
using System.Text;
using ClosedLoop.Mail;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ClosedLoop.Responses.Inbound;

/// <summary>
/// <c>POST /inbound/mail</c>: a relay's pipe hands in a raw mail (<c>message/rfc822</c>) with <c>Authorization: Bearer KEY</c>, and the envelope recipient, when it
/// knows it, in <c>X-Envelope-To</c>. 202 comes after the mail is durable; on any other answer the relay keeps it and tries again.
/// </summary>
internal sealed class InboundEndpoint(InboundMailbox mailbox, InboundOptions options)
{
    public async Task<IResult> PostAsync(HttpContext context)
    {
        if (options.HttpKeyFile is not { } keyFile) return Results.Problem(statusCode: StatusCodes.Status404NotFound, title: "CL8005: the HTTP entry for returned mail is closed; set Inbound:HttpKeyFile");
        if (!IsAllowed(context.Request.Headers.Authorization, keyFile)) return Results.Problem(statusCode: StatusCodes.Status401Unauthorized, title: "CL8006: the key is missing or wrong");
        var size = context.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (size is { IsReadOnly: false }) size.MaxRequestBodySize = options.MaxMessageBytes;
        if (context.Request.ContentLength > options.MaxMessageBytes) return TooLarge();
        using var raw = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(raw, context.RequestAborted).ConfigureAwait(false);
            if (raw.Length == 0) return Results.Problem(statusCode: StatusCodes.Status400BadRequest, title: "CL8007: the body is empty; expected a raw mail");
            var recipients = context.Request.Headers["X-Envelope-To"].Where(value => value is { Length: > 0 and < 1000 }).Select(value => value!.Trim('<', '>', ' ')).ToList();
            var receipt = await mailbox.AcceptAsync("http", sourceKey: null, raw.GetBuffer().AsMemory(0, (int)raw.Length), recipients).ConfigureAwait(false);
            return Results.Json(new { id = receipt.Id, repeated = receipt.IsRepeated }, statusCode: StatusCodes.Status202Accepted);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TooLarge();
        }
        catch (MailFormatException)
        {
            return TooLarge();
        }
    }

    private IResult TooLarge() => Results.Problem(statusCode: StatusCodes.Status413PayloadTooLarge, title: $"CL8002: the mail is larger than {options.MaxMessageBytes} octets and was not taken");

    /// <summary>The file is read each time, so that a key is changed without a restart; the comparison takes the same time whatever was sent.</summary>
    private static bool IsAllowed(string? authorization, string keyFile)
    {
        if (authorization is not { Length: < 1000 } || !File.Exists(keyFile)) return false;
        var key = File.ReadAllText(keyFile).Trim();
        return key.Length > 0 && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(authorization)), SHA256.HashData(Encoding.UTF8.GetBytes("Bearer " + key)));
    }
}
