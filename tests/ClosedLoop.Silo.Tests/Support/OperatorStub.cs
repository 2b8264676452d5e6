using System.Net;
using System.Text;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Operator;

namespace ClosedLoop.Silo.Tests.Support;

/// <summary>Stands in for the running service: keeps what commands ask, and gives each the same answer.</summary>
internal sealed class OperatorStub : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public OperatorStub(SiloSettings settings, string answer, HttpStatusCode status = HttpStatusCode.OK)
    {
        var address = $"http://127.0.0.1:{FreePort().ToString(System.Globalization.CultureInfo.InvariantCulture)}";
        _listener.Prefixes.Add(address + "/");
        _listener.Start();
        _serving = ServeAsync(Encoding.UTF8.GetBytes(answer), status);
        new OperatorAccess(address, "token", Environment.ProcessId).Write(settings);
    }

    /// <summary>Method, path with query, and body of each request.</summary>
    public List<string> Asked { get; } = [];

    public void Dispose()
    {
        _listener.Stop();
        _serving.GetAwaiter().GetResult();
        _listener.Close();
    }

    private async Task ServeAsync(byte[] answer, HttpStatusCode status)
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var body = new StreamReader(context.Request.InputStream);
                Asked.Add($"{context.Request.HttpMethod} {context.Request.RawUrl} {await body.ReadToEndAsync()}".TrimEnd());
                context.Response.StatusCode = (int)status;
                context.Response.ContentType = status == HttpStatusCode.OK ? "application/json" : "application/problem+json";
                await context.Response.OutputStream.WriteAsync(answer);
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // stopped
        }
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
