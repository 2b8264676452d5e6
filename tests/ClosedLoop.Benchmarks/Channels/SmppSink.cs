using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace ClosedLoop.Benchmarks.Channels;

/// <summary>A message centre that takes everything. What has arrived together is answered together.</summary>
internal static class SmppSink
{
    private static int _ids;

    public static async Task AcceptAsync(TcpListener listener)
    {
        while (true)
        {
            var socket = await listener.AcceptTcpClientAsync();
            socket.NoDelay = true;
            _ = ServeAsync(socket);
        }
    }

    private static async Task ServeAsync(TcpClient socket)
    {
        using var _ = socket;
        var stream = socket.GetStream();
        var (buffer, filled) = (new byte[1 << 16], 0);
        var answers = new MemoryStream();
        try
        {
            while (true)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(filled));
                if (read == 0) return;
                filled += read;
                var at = 0;
                while (filled - at >= 16 && BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(at)) is var length && filled - at >= length)
                {
                    Answer(answers, buffer.AsSpan(at, 16));
                    at += length;
                }

                Buffer.BlockCopy(buffer, at, buffer, 0, filled -= at);
                await stream.WriteAsync(answers.GetBuffer().AsMemory(0, (int)answers.Length));
                answers.SetLength(0);
            }
        }
        catch (IOException)
        {
            // The client has gone.
        }
    }

    private static void Answer(MemoryStream answers, ReadOnlySpan<byte> header)
    {
        var command = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        var body = command switch
        {
            0x00000004 => Encoding.ASCII.GetBytes(FormattableString.Invariant($"{Environment.ProcessId:x}-{++_ids:x}\0")),
            0x00000002 or 0x00000009 => "sink\0"u8.ToArray(),
            _ => [],
        };
        Span<byte> head = stackalloc byte[16];
        BinaryPrimitives.WriteInt32BigEndian(head, 16 + body.Length);
        BinaryPrimitives.WriteUInt32BigEndian(head[4..], command | 0x80000000);
        BinaryPrimitives.WriteUInt32BigEndian(head[8..], 0);
        header[12..].CopyTo(head[12..]);
        answers.Write(head);
        answers.Write(body);
    }
}
