namespace ClosedLoop.Delivery.Channels.Smpp;

/// <summary>What the other side says by itself, and whether it is still there.</summary>
internal sealed partial class SmppConnection
{
    private async Task TakeAsync(SmppPdu pdu)
    {
        if (pdu.IsResponse)
        {
            // One that comes after its time-out finds nobody: its message is in doubt already.
            if (_pending.TryGetValue(pdu.Sequence, out var waiting)) waiting.TrySetResult(pdu);
            return;
        }

        switch (pdu.Command)
        {
            case SmppCommand.EnquireLink:
                await AnswerAsync(pdu, SmppStatus.Ok, []).ConfigureAwait(false);
                break;
            case SmppCommand.DeliverSm:
                // Beside the reading, so that receipts share commits; the bound keeps a flood of them with the message centre.
                await _delivering.WaitAsync(_closed.Token).ConfigureAwait(false);
                _ = DeliverAsync(pdu);
                break;
            case SmppCommand.Unbind:
                await AnswerAsync(pdu, SmppStatus.Ok, []).ConfigureAwait(false);
                Close();
                break;
            default:
                await WriteAsync(new SmppPdu(SmppCommand.GenericNack, SmppStatus.UnknownCommand, pdu.Sequence, [])).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Answered when it is durable: until then the message centre keeps it.</summary>
    private async Task DeliverAsync(SmppPdu pdu)
    {
        try
        {
            await AnswerAsync(pdu, await _delivered(pdu).ConfigureAwait(false), [0]).ConfigureAwait(false);
        }
        finally
        {
            _delivering.Release();
        }
    }

    private Task<bool> AnswerAsync(SmppPdu request, uint status, byte[] body) =>
        WriteAsync(new SmppPdu(request.Command | SmppCommand.Response, status, request.Sequence, body));

    /// <summary>Section 2.9: enquire_link when nothing was heard for a while; no answer ends the connection.</summary>
    private async Task TestAsync(TimeSpan interval)
    {
        using var timer = new PeriodicTimer(interval, _time);
        while (await timer.WaitForNextTickAsync(_closed.Token).ConfigureAwait(false))
        {
            if (_time.GetElapsedTime(Volatile.Read(ref _lastHeard)) < interval) continue;
            if ((await ExchangeAsync(SmppCommand.EnquireLink, []).ConfigureAwait(false)).Answer is null) Close();
        }
    }
}
