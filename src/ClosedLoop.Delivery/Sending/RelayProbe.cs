using ClosedLoop.Mail.Smtp;
using ClosedLoop.Model.Clients;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClosedLoop.Delivery.Sending;

/// <summary>Opens a connection to a client's relay as sending would, and sends nothing.</summary>
public static class RelayProbe
{
    /// <summary>What the relay said when all went well.</summary>
    /// <param name="client">Whose relay.</param>
    /// <param name="clientName">Name given in EHLO.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">No usable connection; the message says which step failed.</exception>
    public static async Task<string> TryAsync(ClientDefinition client, string clientName, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        var options = new DeliveryOptions { Mode = DeliveryMode.Live, ClientName = clientName, TrackingBase = new Uri("http://localhost") };
        await using var pools = new RelayPools(options, TimeProvider.System, NullLogger<RelayPools>.Instance);
        try
        {
            var pool = pools.Of(client);
            var connection = await pool.RentAsync(cancellation).ConfigureAwait(false);
            var said = $"{connection.Greeting.Trim()}{(connection.IsEncrypted ? ", encrypted" : ", in clear text")}{(client.Relay.User is null ? "" : ", logged in")}";
            await pool.ReturnAsync(connection).ConfigureAwait(false);
            return said;
        }
        catch (Exception e) when (e is SmtpConnectException or ArgumentException)
        {
            throw new IOException(e.Message, e);
        }
    }
}
