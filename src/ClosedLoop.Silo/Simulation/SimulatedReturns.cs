using ClosedLoop.Mail.Sink;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Simulation;

/// <summary>Sends mails back to the return path, by SMTP to the service's own sink, which hands what is addressed to the service on to it. There is no other server that it could send to.</summary>
internal sealed class SimulatedReturns(SiloSettings settings) : IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private SmtpConnection? _connection;

    /// <returns>Whether the sink took it.</returns>
    public async Task<bool> SendAsync(Deed deed, int index, SinkRecord mail, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            _connection ??= await SmtpConnection.ConnectAsync(new SmtpRelayOptions { Host = settings.Sink.Host, Port = settings.Sink.Port, Tls = SmtpTls.None }, cancellation);
            var result = await _connection.SendAsync("", mail.From, ReturnedText.Of(deed, index, mail), cancellation);
            if (!result.EndsConnection) return result.Action == SmtpAction.Accepted;
            await EndAsync();
            return false;
        }
        catch (SmtpConnectException)
        {
            return false;
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _one.Dispose();
    }

    private async Task EndAsync()
    {
        if (_connection is { } open) await open.DisposeAsync();
        _connection = null;
    }
}
