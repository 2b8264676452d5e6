using System.Buffers.Binary;
using System.IO.Pipelines;
using ClosedLoop.Sftp.Protocol;
using ClosedLoop.Sftp.Ssh;

namespace ClosedLoop.Sftp.Tests.Support;

/// <summary>A server that answers as a test says, for what no honest one does. The answer to a request is made of its type and body.</summary>
internal sealed class ScriptedServer : ISftpChannel
{
    private readonly Pipe _toClient = new();
    private readonly Pipe _toServer = new();
    private readonly Func<PacketType, uint, byte[], ReadOnlyMemory<byte>?> _answer;

    public ScriptedServer(Func<PacketType, uint, byte[], ReadOnlyMemory<byte>?> answer)
    {
        _answer = answer;
        _ = ServeAsync();
    }

    public Stream Input => _toClient.Reader.AsStream();

    public Stream Output => _toServer.Writer.AsStream();

    public static ReadOnlyMemory<byte> Version => new PacketWriter(PacketType.Version).UInt32(3).Done();

    public static ReadOnlyMemory<byte> Status(uint id, StatusCode code) =>
        new PacketWriter(PacketType.Status).UInt32(id).UInt32((uint)code).Text("scripted").Text("").Done();

    public Task<SftpException> ReasonAsync(string during, Exception? cause) => Task.FromResult(new SftpException(SftpError.ConnectionLost, during, cause));

    public ValueTask DisposeAsync()
    {
        _toClient.Writer.Complete();
        _toServer.Reader.Complete();
        return ValueTask.CompletedTask;
    }

    private async Task ServeAsync()
    {
        try
        {
            var requests = _toServer.Reader.AsStream();
            while (true)
            {
                var header = new byte[4];
                await requests.ReadExactlyAsync(header);
                var packet = new byte[BinaryPrimitives.ReadInt32BigEndian(header)];
                await requests.ReadExactlyAsync(packet);
                var answer = _answer((PacketType)packet[0], BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(1)), packet[5..]);
                if (answer is { } bytes) await _toClient.Writer.WriteAsync(bytes);
            }
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // The client has gone.
        }
    }
}
