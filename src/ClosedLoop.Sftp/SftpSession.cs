using System.Text;
using ClosedLoop.Sftp.Protocol;
using ClosedLoop.Sftp.Ssh;

namespace ClosedLoop.Sftp;

/// <summary>SFTP version 3 (draft-ietf-secsh-filexfer-02, with OpenSSH's extensions) spoken to the OpenSSH client.</summary>
public sealed partial class SftpSession : ISftpSession
{
    private readonly PacketPipe _pipe;
    private readonly SftpOptions _options;
    private readonly IReadOnlyDictionary<string, string> _extensions;

    private SftpSession(PacketPipe pipe, SftpOptions options, IReadOnlyDictionary<string, string> extensions)
    {
        _pipe = pipe;
        _options = options;
        _extensions = extensions;
    }

    public bool IsOpen => _pipe.IsOpen;

    /// <summary>Connects, checks the host's key and logs in.</summary>
    /// <exception cref="SftpException">No session; the error says why.</exception>
    public static Task<SftpSession> ConnectAsync(SftpOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = options.Validate();
        return faults.Count == 0
            ? OpenAsync(SshProcess.Start(options), options, cancellation)
            : throw new SftpException(SftpError.InvalidArgument, string.Join("; ", faults) + ".");
    }

    /// <summary>A session over a channel that is there.</summary>
    internal static async Task<SftpSession> OpenAsync(ISftpChannel channel, SftpOptions options, CancellationToken cancellation)
    {
        var pipe = new PacketPipe(channel, options.RequestTimeout);
        try
        {
            return new SftpSession(pipe, options, await pipe.OpenAsync(options.ConnectTimeout, cancellation).ConfigureAwait(false));
        }
        catch
        {
            await pipe.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask DisposeAsync() => _pipe.DisposeAsync();

    private static string Checked(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return path.Contains('\0', StringComparison.Ordinal)
            ? throw new SftpException(SftpError.InvalidArgument, $"The path '{ServerName.Escape(Encoding.UTF8.GetBytes(path))}' holds NUL.")
            : path;
    }

    /// <summary>Asks something that is answered by a status alone.</summary>
    private async Task DoAsync(string what, Func<uint, ReadOnlyMemory<byte>> request, CancellationToken cancellation)
    {
        using var answer = await _pipe.AskAsync(request, cancellation).ConfigureAwait(false);
        Expect(answer, PacketType.Status, what);
        if (StatusOf(answer) != StatusCode.Ok) throw Refused(answer, what);
    }

    private async Task<byte[]> OpenHandleAsync(string what, Func<uint, ReadOnlyMemory<byte>> request, CancellationToken cancellation)
    {
        using var answer = await _pipe.AskAsync(request, cancellation).ConfigureAwait(false);
        Expect(answer, PacketType.Handle, what);
        var handle = new PacketReader(answer.Body).Bytes();
        return handle.Length <= 256 ? handle.ToArray() : throw new SftpException(SftpError.Protocol, $"{what}: the server sent a handle of {handle.Length} octets; expected at most 256.");
    }

    /// <summary>Closes without a look at the answer: for handles nothing was written to.</summary>
    private async Task LetGoAsync(byte[] handle)
    {
        try
        {
            PacketPipe.Abandon(await _pipe.SendAsync(id => Close(id, handle), CancellationToken.None).ConfigureAwait(false));
        }
        catch (SftpException)
        {
            // The session has ended, and the handle with it.
        }
    }

    private static ReadOnlyMemory<byte> Close(uint id, byte[] handle) => new PacketWriter(PacketType.Close).UInt32(id).Bytes(handle).Done();

    private static StatusCode StatusOf(Packet packet) => (StatusCode)new PacketReader(packet.Body).UInt32();

    /// <summary>A status in the place of what was asked for is the server's refusal; anything else is not SFTP.</summary>
    private static void Expect(Packet answer, PacketType expected, string what)
    {
        if (answer.Type == expected) return;
        throw answer.Type == PacketType.Status
            ? Refused(answer, what)
            : new SftpException(SftpError.Protocol, $"{what}: the server answered with packet type {(byte)answer.Type}; expected {(byte)expected}.");
    }

    private static SftpException Refused(Packet answer, string what)
    {
        var reader = new PacketReader(answer.Body);
        var code = (StatusCode)reader.UInt32();
        var said = reader.IsAtEnd ? "" : ServerName.Escape(reader.Bytes());
        var error = code switch
        {
            StatusCode.NoSuchFile => SftpError.NotFound,
            StatusCode.PermissionDenied => SftpError.PermissionDenied,
            StatusCode.Unsupported => SftpError.Unsupported,
            StatusCode.NoConnection or StatusCode.ConnectionLost => SftpError.ConnectionLost,
            StatusCode.BadMessage or StatusCode.Ok => SftpError.Protocol,
            _ => SftpError.Failure,
        };
        return new SftpException(error, $"{what}: the server answered {code} ({(uint)code}){(said.Length == 0 ? "" : $", '{said}'")}.");
    }
}
