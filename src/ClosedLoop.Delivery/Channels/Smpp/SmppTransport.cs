using System.Data.Common;
using System.Globalization;
using ClosedLoop.Data.Channels;
using ClosedLoop.Delivery.Channels.Http;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Recipients;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Delivery.Channels.Smpp;

/// <summary>SMS over a message centre that speaks SMPP 3.4, and the receipts that come back on the same session.</summary>
internal sealed partial class SmppTransport(ClientDefinition client, ReceiptStore receipts, TimeProvider time, ILogger<SmppTransport> logger) : IChannelTransport
{
    private const string Name = "sms-smpp";

    /// <summary>How often a part is offered again while the message centre asks for patience, once an earlier part of the same message is taken.</summary>
    private const int PartAttempts = 10;
    private static readonly TimeSpan PartPause = TimeSpan.FromSeconds(1);

    private readonly SmsSettings _sms = client.Channels!.Sms!;
    private readonly SmppSettings _settings = client.Channels!.Sms!.Smpp!;
    private readonly SemaphoreSlim _opening = new(1);
    private readonly ILogger _logger = logger;
    private volatile SmppConnection? _connection;

    public string Provider => Name;

    public async Task<ChannelResult?> ReadyAsync(CancellationToken cancellation)
    {
        if (_connection is { IsOpen: true }) return null;
        if (Secrets.Find(_settings.PasswordSetting) is not { } password) return Secrets.Missing(_settings.PasswordSetting, "password of the message centre");
        await _opening.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_connection is { IsOpen: true }) return null;
            if (_connection is { } old) await old.DisposeAsync().ConfigureAwait(false);
            _connection = null;
            return await BindAsync(password).ConfigureAwait(false);
        }
        finally
        {
            _opening.Release();
        }
    }

    public string? Fault(ChannelMessage message)
    {
        var parts = SmppMessage.Bodies(message, _settings).Count;
        return parts <= byte.MaxValue ? null : string.Create(CultureInfo.InvariantCulture, $"CL4203 the text takes {parts} parts; at most 255 can be numbered");
    }

    public async Task<ChannelResult> SendAsync(ChannelMessage message)
    {
        var ids = new List<string>();
        var bodies = SmppMessage.Bodies(message, _settings);
        foreach (var body in bodies)
        {
            var result = await SubmitAsync(body).ConfigureAwait(false);
            for (var attempt = 1; ids.Count > 0 && attempt < PartAttempts && result is { Action: ChannelAction.Retry, Code: (int)SmppStatus.Throttled or (int)SmppStatus.QueueFull }; attempt++)
            {
                await Task.Delay(PartPause, time).ConfigureAwait(false);
                result = await SubmitAsync(body).ConfigureAwait(false);
            }

            if (result.Action != ChannelAction.Accepted)
            {
                // A message of which a part is taken is neither taken nor not: repeating it would repeat the part.
                if (ids.Count == 0 && result.Action == ChannelAction.Unknown) return result with { Parts = bodies.Count };
                return ids.Count == 0 ? result : ChannelResult.InDoubt(string.Create(CultureInfo.InvariantCulture, $"{ids.Count} of {bodies.Count} parts were taken, then: {result.Text}")) with { ProviderIds = ids, Parts = bodies.Count };
            }

            ids.AddRange(result.ProviderIds);
        }

        return ChannelResult.Accepted(ids);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection) await connection.DisposeAsync().ConfigureAwait(false);
        _opening.Dispose();
    }

    private async Task<ChannelResult?> BindAsync(string password)
    {
        SmppConnection connection;
        try
        {
            connection = await SmppConnection.OpenAsync(_settings, TimeSpan.FromSeconds(_sms.TimeoutSeconds), time, DeliveredAsync).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            return ChannelResult.Throttled(e.Message);
        }
        catch (InvalidDataException e)
        {
            return new ChannelResult(ChannelAction.GiveUp, e.Message) { Scope = ChannelScope.Provider };
        }

        var command = _settings.Bind == "transmitter" ? SmppCommand.BindTransmitter : SmppCommand.BindTransceiver;
        var body = new SmppWriter().Text(_settings.SystemId).Text(password).Text(_settings.SystemType).Byte(0x34).Byte(0).Byte(0).Text("").Body;
        var answer = (await connection.RequestAsync(command, body).ConfigureAwait(false)).Answer;
        if (answer is { Status: SmppStatus.Ok } && answer.Command == (command | SmppCommand.Response))
        {
            _connection = connection;
            LogBound(_settings.Host, _settings.Port, _settings.SystemId);
            return null;
        }

        await connection.DisposeAsync().ConfigureAwait(false);
        if (answer is null) return ChannelResult.Throttled("the message centre did not answer the bind");
        var said = $"the message centre refused the bind: {SmppStatus.Describe(answer.Status)}";
        return answer.Status is 0x0D or 0x0E or 0x0F
            ? new ChannelResult(ChannelAction.GiveUp, said) { Scope = ChannelScope.Provider, Code = (int)answer.Status }
            : ChannelResult.Throttled(said, code: (int)answer.Status);
    }

    private async Task<ChannelResult> SubmitAsync(byte[] body)
    {
        if (_connection is not { IsOpen: true } connection) return ChannelResult.Throttled("the connection to the message centre was lost before this message's turn");
        var (answer, written) = await connection.RequestAsync(SmppCommand.SubmitSm, body).ConfigureAwait(false);
        if (answer is null)
        {
            return written
                ? ChannelResult.InDoubt("no answer of the message centre to submit_sm")
                : ChannelResult.Throttled("the connection to the message centre was lost before this message's turn");
        }

        if (answer.Status != SmppStatus.Ok) return SmppStatus.Judge(answer.Status);
        var id = IdOf(answer.Body);
        return ChannelResult.Accepted(id.Length == 0 ? [] : [id]);
    }

    private string IdOf(byte[] body)
    {
        var id = new SmppReader(body).Text();

        // Some message centres answer in hexadecimal and report in decimal; stored is the latter.
        return _settings.ReceiptIds == "decimal" && ulong.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : id;
    }

    /// <summary>Stores what came; an answer other than OK makes the message centre keep it and try again.</summary>
    private async Task<uint> DeliveredAsync(SmppPdu pdu)
    {
        try
        {
            var delivery = SmppDelivery.Read(pdu.Body);
            if (!delivery.IsReceipt)
            {
                await StopAsync(delivery).ConfigureAwait(false);
                return SmppStatus.Ok;
            }

            if (delivery.State is not { } state || delivery.MessageId.Length == 0) return SmppStatus.Ok;
            var named = delivery.Reference is { } reference && NumberOf(delivery) is { } phone
                ? (Name: MessageReferences.Short(phone, reference.Mark), reference.Part, reference.Parts)
                : (Name: null, Part: 1, Parts: 1);
            await receipts.AddAsync(new ChannelReceipt
            {
                ClientId = client.Id,
                Provider = ReceiptStore.KeyOf(client.Key, Name),
                ProviderId = _settings.ReceiptIds == "decimal" ? delivery.MessageId.TrimStart('0') : delivery.MessageId,
                State = state,
                Code = delivery.Error,
                Detail = delivery.StateName,
                Reference = named.Name,
                Part = named.Part,
                Parts = named.Parts,
                OccurredAt = time.NowMicroseconds(),
            }).ConfigureAwait(false);
            return SmppStatus.Ok;
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or ObjectDisposedException)
        {
            LogNotStored(e, _settings.Host);
            return SmppStatus.TemporaryReceiverError;
        }
    }

    private static string? NumberOf(SmppDelivery delivery) => PhoneNumber.TryNormalise("+" + delivery.Source.TrimStart('+'));

    private async Task StopAsync(SmppDelivery delivery)
    {
        if (NumberOf(delivery) is not { } number) return;
        if (!_sms.StopWords.Contains(delivery.Text.Trim(), StringComparer.OrdinalIgnoreCase)) return;
        await receipts.UnsubscribeAsync(client.Id, number, "sms-stop").ConfigureAwait(false);
    }
}
