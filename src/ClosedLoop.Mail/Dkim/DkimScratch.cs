using System.Buffers;

namespace ClosedLoop.Mail.Dkim;

/// <summary>What one signature under way needs; kept for the next.</summary>
internal sealed class DkimScratch : IDisposable
{
    public List<DkimField> Fields { get; } = [];

    public RelaxedBody Body { get; } = new();

    /// <summary>The canonical header.</summary>
    public ArrayBufferWriter<byte> Header { get; } = new(4096);

    /// <summary>The signature field up to <c>b=</c>.</summary>
    public ArrayBufferWriter<byte> Field { get; } = new(1024);

    public void Dispose() => Body.Dispose();
}
