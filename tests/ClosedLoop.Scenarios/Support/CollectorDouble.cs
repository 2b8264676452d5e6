using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace ClosedLoop.Scenarios.Support;

/// <summary>A collector that takes OTLP over HTTP with protobuf (OTLP specification 1.5, "OTLP/HTTP") and keeps what it was sent.</summary>
internal sealed class CollectorDouble : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _taken = new();

    public CollectorDouble()
    {
        Address = $"http://127.0.0.1:{Ports.Free()}";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Address { get; }

    /// <summary>Names of the metrics, spans or log records taken so far.</summary>
    public IReadOnlySet<string> Names(string signal)
    {
        // Field numbers of the three request messages from the top down to the name; a log record has its event id or text in its body (5), as a value (1).
        int[] way = signal switch { "metrics" => [1, 2, 2, 1], "traces" => [1, 2, 2, 5], _ => [1, 2, 2, 5, 1] };
        return _taken.Where(request => request.Path == "/v1/" + signal).SelectMany(request => At(request.Body, way)).Select(bytes => Encoding.UTF8.GetString(bytes)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Everything taken, as text.</summary>
    public string Everything() => string.Concat(_taken.Select(request => Encoding.UTF8.GetString(request.Body)));

    public void Dispose() => _listener.Close();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                _taken.Enqueue((context.Request.Url!.AbsolutePath, body.ToArray()));
                context.Response.ContentType = "application/x-protobuf";
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // Closed.
        }
    }

    private static IEnumerable<byte[]> At(byte[] message, ReadOnlyMemory<int> way)
    {
        foreach (var (field, value) in Fields(message))
        {
            if (field != way.Span[0]) continue;
            if (way.Length == 1) yield return value;
            else foreach (var inner in At(value, way[1..])) yield return inner;
        }
    }

    /// <summary>Length-delimited fields of a protobuf message, in order.</summary>
    private static List<(int Field, byte[] Value)> Fields(byte[] message)
    {
        var fields = new List<(int, byte[])>();
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            switch (key & 7)
            {
                case 0:
                    Varint(message, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 5:
                    at += 4;
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    fields.Add(((int)(key >> 3), message[at..(at + length)]));
                    at += length;
                    break;
                default:
                    throw new InvalidDataException($"wire type {key & 7}");
            }
        }

        return fields;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var octet = message[at++];
            value |= (ulong)(octet & 0x7F) << shift;
            if (octet < 0x80) return value;
        }
    }
}
