using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClosedLoop.Mail;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Delivery.Channels;

/// <summary>
/// What stands for every provider unless <c>Delivery:Mode</c> is <c>Live</c>: the message becomes a mail to the sink, to <c>NUMBER@sms.invalid</c> or <c>PLATFORM-HASH@push.invalid</c>,
/// with all that the provider would have got.
/// </summary>
internal sealed class SinkTransport(ClientDefinition client, string provider, SmtpConnectionPool sink, TimeProvider time) : IChannelTransport
{
    private static readonly JsonSerializerOptions Shown = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly MessageComposer _composer = new(new MessageComposerOptions { From = new Mailbox(client.Sender.Address), AutoSubmitted = AutoSubmitted.Generated });

    public string Provider => provider;

    public async Task<ChannelResult?> ReadyAsync(CancellationToken cancellation)
    {
        try
        {
            await sink.ReturnAsync(await sink.RentAsync(CancellationToken.None).ConfigureAwait(false)).ConfigureAwait(false);
            return null;
        }
        catch (SmtpConnectException e)
        {
            return ChannelResult.Throttled(e.Message);
        }
    }

    public string? Fault(ChannelMessage message) => null;

    public async Task<ChannelResult> SendAsync(ChannelMessage message)
    {
        try
        {
            var connection = await sink.RentAsync(CancellationToken.None).ConfigureAwait(false);
            try
            {
                return Read(await connection.SendAsync(client.Sender.Address, AddressOf(message.Address), Compose(message), CancellationToken.None).ConfigureAwait(false), message);
            }
            finally
            {
                await sink.ReturnAsync(connection).ConfigureAwait(false);
            }
        }
        catch (SmtpConnectException e)
        {
            return ChannelResult.Throttled(e.Message);
        }
        catch (MailFormatException e)
        {
            return ChannelResult.Refused(e.Message);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Where the mail for an address goes. A device token is longer than a local part may be (RFC 5321 section 4.5.3.1.1), so its hash stands for it.</summary>
    internal static string AddressOf(string address)
    {
        if (PushAddress.TryParse(address) is not { } device) return address + "@sms.invalid";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(device.Token)))[..16];
        return $"{device.Platform.ToString().ToLowerInvariant()}-{hash}@push.invalid";
    }

    private static ChannelResult Read(in SmtpResult result, ChannelMessage message)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"sink: {result.Stage}: {result.Code} {result.Text}");
        return result.Action switch
        {
            SmtpAction.Accepted => ChannelResult.Accepted("sink-" + message.Id) with { Code = result.Code },
            SmtpAction.Unknown => ChannelResult.InDoubt(text),
            SmtpAction.GiveUp => ChannelResult.Dead(text, result.Code),
            _ => ChannelResult.Later(text, code: result.Code),
        };
    }

    private ReadOnlyMemory<byte> Compose(ChannelMessage message)
    {
        var output = new ArrayBufferWriter<byte>(2048);
        var body = message.Push is { } push ? JsonSerializer.Serialize(Visible(push), Shown) : message.Text;
        _composer.Compose(output, new MessageParts
        {
            To = new Mailbox(AddressOf(message.Address)),
            Subject = message.Push is { } shown ? shown.Title ?? "(push)" : $"SMS from {message.From ?? "the provider's sender"}",
            Date = time.GetUtcNow(),
            MessageId = $"{message.Id}@{client.Sender.WireReturnPathDomain}",
            Headers =
            [
                new MessageHeader("X-ClosedLoop-Provider", provider),
                new MessageHeader("X-ClosedLoop-Address", message.Address),
                new MessageHeader("X-ClosedLoop-From", message.From ?? "-"),
            ],
            Text = Encoding.UTF8.GetBytes(body),
        });
        return output.WrittenMemory;
    }

    private static Dictionary<string, object?> Visible(PushNotification push) => new(StringComparer.Ordinal)
    {
        ["title"] = push.Title,
        ["body"] = push.Body,
        ["image"] = push.Image,
        ["data"] = push.Data,
        ["collapseKey"] = push.CollapseKey,
        ["fcm"] = push.Fcm is { } fcm ? JsonSerializer.Deserialize<JsonElement>(fcm.Span) : null,
        ["apns"] = push.Apns is { } apns ? JsonSerializer.Deserialize<JsonElement>(apns.Span) : null,
    };
}
