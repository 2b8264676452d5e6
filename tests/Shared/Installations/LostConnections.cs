using System.Net.Sockets;

namespace ClosedLoop.Testing.Installations;

/// <summary>
/// A process that is killed may lose a connection just after it was made; the client then asks that connection for its other end and lets the socket's own error out. To those who
/// ask it is one more request without an answer.
/// </summary>
internal sealed class LostConnections() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (SocketException e)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, e.Message, e);
        }
    }
}
