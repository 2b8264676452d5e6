using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace ClosedLoop.Data.Tests.Postgres;

/// <summary>Stands between a writer and its server and cuts the line at a chosen word, once.</summary>
internal sealed class AnswerLosingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly TaskCompletionSource _thawed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _request;
    private string? _answer;
    private string? _last;

    public AnswerLosingProxy(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The connection string of somebody who goes through here.</summary>
    public string InFrontOf(string connection) => new NpgsqlConnectionStringBuilder(connection) { Port = Port }.ConnectionString;

    /// <summary>How often the line was cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>Cuts before the server gets what holds this word.</summary>
    public void LoseRequest(string word) => Volatile.Write(ref _request, word);

    /// <summary>Cuts after the server has said what holds this word, and before the client hears it.</summary>
    public void LoseAnswer(string word) => Volatile.Write(ref _answer, word);

    /// <summary>Hands on nothing more to the server after the octets that hold this word, as a client that is frozen, until <see cref="Thaw"/>.</summary>
    public void FreezeAfter(string word) => Volatile.Write(ref _last, word);

    public void Thaw() => _thawed.TrySetResult();

    public void Dispose()
    {
        Thaw();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, _target);
                _ = PumpAsync(client, server, chunk => IsReached(chunk, ref _request));
                _ = PumpAsync(server, client, chunk => IsReached(chunk, ref _answer));
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private static bool IsReached(ReadOnlySpan<byte> chunk, ref string? word)
    {
        if (Volatile.Read(ref word) is not { } wanted || chunk.IndexOf(Encoding.ASCII.GetBytes(wanted)) < 0) return false;
        word = null;
        return true;
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, Func<byte[], bool> cuts)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer) is > 0 and var read)
            {
                if (cuts(buffer[..read]))
                {
                    Cuts++;
                    break;
                }

                await to.GetStream().WriteAsync(buffer.AsMemory(0, read));
                if (IsReached(buffer.AsSpan(0, read), ref _last)) await _thawed.Task;
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The other direction was cut.
        }

        from.Dispose();
        to.Dispose();
    }
}
