using Microsoft.Win32.SafeHandles;

namespace ClosedLoop.Responses.Spool;

/// <summary>A segment on a real disk.</summary>
internal sealed class SpoolFile(string path) : ISpoolFile
{
    private readonly SafeFileHandle _handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);

    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(_handle, bytes, offset);

    public void FlushToDisk() => RandomAccess.FlushToDisk(_handle);

    public void SetLength(long length) => RandomAccess.SetLength(_handle, length);

    public void Dispose() => _handle.Dispose();
}
