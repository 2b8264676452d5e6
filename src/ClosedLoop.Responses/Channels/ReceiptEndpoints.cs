using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClosedLoop.Data.Channels;
using ClosedLoop.Data.Clients;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Recipients;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Responses.Channels;

/// <summary>
/// Where SMS providers report: <c>POST /channels/sms/CLIENT/twilio</c> and <c>…/twilio/inbound</c>, signed; <c>POST /channels/sms/CLIENT/receipt</c> with a secret. An answer of the
/// class 2xx comes after the report is durable.
/// </summary>
internal sealed partial class ReceiptEndpoints(DefinitionStore definitions, ReceiptStore receipts, ChannelOptions options, TimeProvider time, ILogger<ReceiptEndpoints> logger)
{
    private const string EmptyAnswer = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";

    private readonly ILogger _logger = logger;

    public async Task<IResult> TwilioAsync(string client, string? reference, HttpRequest request)
    {
        if (await SignedFormAsync(client, request).ConfigureAwait(false) is not { } signed) return Refused(client);
        var (definition, form) = signed;
        var (sid, status, error) = (form["MessageSid"], form["MessageStatus"], form["ErrorCode"]);
        if (sid.Length is 0 or > 200) return Results.Problem(statusCode: StatusCodes.Status400BadRequest, title: "CL4213: MessageSid is missing");
        if (error == TwilioStates.OptedOut && PhoneNumber.TryNormalise(form["To"]) is { } number) await receipts.UnsubscribeAsync(definition.Id, number, "sms-stop").ConfigureAwait(false);
        if (TwilioStates.Of(status, error) is not { } state) return Results.NoContent();
        await AddAsync(definition, "sms-twilio", sid, state, error, status, reference).ConfigureAwait(false);
        return Results.NoContent();
    }

    public async Task<IResult> TwilioInboundAsync(string client, HttpRequest request)
    {
        if (await SignedFormAsync(client, request).ConfigureAwait(false) is not { } signed) return Refused(client);
        var (definition, form) = signed;
        var isStop = form["OptOutType"] == "STOP" || definition.Channels!.Sms!.StopWords.Contains(form["Body"].Trim(), StringComparer.OrdinalIgnoreCase);
        if (isStop && PhoneNumber.TryNormalise(form["From"]) is { } number) await receipts.UnsubscribeAsync(definition.Id, number, "sms-stop").ConfigureAwait(false);
        return Results.Text(EmptyAnswer, "text/xml");
    }

    public async Task<IResult> GatewayAsync(string client, string? reference, HttpRequest request)
    {
        if (definitions.FindClient(client)?.Value is not { } definition || definition.Channels?.Sms?.Http?.Receipts is not { } settings
            || !IsSecret(request.Headers[settings.SecretHeader], settings.SecretSetting)) return Refused(client);
        if (await ReadAsync(request).ConfigureAwait(false) is not { } read) return Results.Problem(statusCode: StatusCodes.Status400BadRequest, title: "CL4213: the report is neither a form nor a JSON object");
        var (id, status) = (read(settings.IdPath), read(settings.StatusPath));
        if (id is not { Length: > 0 and <= 200 } || status is null) return Results.Problem(statusCode: StatusCodes.Status400BadRequest, title: $"CL4213: the report has no {settings.IdPath} or no {settings.StatusPath}");
        ReceiptState? state = settings.Delivered.Contains(status, StringComparer.OrdinalIgnoreCase) ? ReceiptState.Delivered
            : settings.Hard.Contains(status, StringComparer.OrdinalIgnoreCase) ? ReceiptState.FailedHard
            : settings.Soft.Contains(status, StringComparer.OrdinalIgnoreCase) ? ReceiptState.FailedSoft : null;

        // Whatever it says, a report proves that the gateway has the message.
        await AddAsync(definition, "sms-http", id, state ?? ReceiptState.Taken, "", status, reference ?? (settings.ReferencePath is { } path ? read(path) : null)).ConfigureAwait(false);
        return Results.NoContent();
    }

    private async Task AddAsync(ClientDefinition client, string provider, string id, ReceiptState state, string code, string detail, string? reference)
    {
        if (reference is { Length: 0 or > MessageReferences.MaxLength }) reference = null;

        // Of most messages the answer was faster, and that they are on their way is worth no transaction.
        if (state == ReceiptState.Taken && (reference is null || !receipts.IsAwaited(reference))) return;
        await receipts.AddAsync(new ChannelReceipt
        {
            ClientId = client.Id,
            Provider = ReceiptStore.KeyOf(client.Key, provider),
            ProviderId = id,
            State = state,
            Code = code,
            Detail = detail,
            Reference = reference,
            OccurredAt = time.NowMicroseconds(),
        }).ConfigureAwait(false);
    }

    /// <summary>One answer for all that is not right, so that nobody learns which clients there are.</summary>
    private IResult Refused(string client)
    {
        LogRefused(client.Length <= 40 ? client : client[..40]);
        return Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: "CL4212: no such entry, or the signature or secret is wrong");
    }

    private async Task<(ClientDefinition Client, Dictionary<string, string> Form)?> SignedFormAsync(string client, HttpRequest request)
    {
        if (definitions.FindClient(client)?.Value is not { } definition || definition.Channels?.Sms?.Twilio is not { } settings) return null;
        if (Environment.GetEnvironmentVariable(settings.AuthTokenSetting) is not { Length: > 0 } token || !request.HasFormContentType) return null;
        var read = await request.ReadFormAsync().ConfigureAwait(false);
        var form = read.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);

        // Signed is the address that the provider was given; what a proxy made of it is not looked at.
        var url = options.PublicBase.AbsoluteUri.TrimEnd('/') + request.Path + request.QueryString;
        if (!TwilioSignature.IsRight(request.Headers["X-Twilio-Signature"], url, form, token)) return null;
        foreach (var name in new[] { "MessageSid", "MessageStatus", "ErrorCode", "OptOutType", "Body", "From", "To" }) form.TryAdd(name, "");
        return (definition, form);
    }

    private static bool IsSecret(string? given, string setting) =>
        given is { Length: > 0 and < 1000 } && Environment.GetEnvironmentVariable(setting) is { Length: > 0 } secret
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Reads a value of the report by its path.</summary>
    private static async Task<Func<string, string?>?> ReadAsync(HttpRequest request)
    {
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync().ConfigureAwait(false);
            return path => form.TryGetValue(path, out var value) ? value.ToString() : null;
        }

        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body).ConfigureAwait(false);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return null;
            var root = document.RootElement.Clone();
            return path => JsonPath.Find(root, path);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
