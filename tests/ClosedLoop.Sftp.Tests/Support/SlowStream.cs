namespace ClosedLoop.Sftp.Tests.Support;

/// <summary>Takes what it is given, a little later, and keeps nothing.</summary>
internal sealed class SlowStream : MemoryStream
{
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => await Task.Delay(5, cancellationToken);
}
