using ClosedLoop.Responses.Spool;

namespace ClosedLoop.Responses.Tests.Spool;

/// <summary>A real file on a disk that fails, or hangs, when told to.</summary>
internal sealed class FailingSpoolFile(string path, FailingSpoolFile.Disk disk) : ISpoolFile
{
    private readonly SpoolFile _file = new(path);

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        disk.MayWrite.Wait();
        if (disk.Full)
        {
            _file.Write(bytes[..(bytes.Length / 2)], offset);
            throw new IOException("No space left on device");
        }
        _file.Write(bytes, offset);
    }

    public void FlushToDisk()
    {
        Interlocked.Increment(ref disk.FlushCount);
        if (disk.FlushFails)
            throw new IOException("Input/output error");
        _file.FlushToDisk();
    }

    public void SetLength(long length)
    {
        if (disk.CutFails)
            throw new IOException("Input/output error");
        _file.SetLength(length);
    }

    public void Dispose() => _file.Dispose();

    internal sealed class Disk
    {
        public int FlushCount;

        public ManualResetEventSlim MayWrite { get; } = new(initialState: true);

        public bool Full { get; set; }

        public bool FlushFails { get; set; }

        public bool CutFails { get; set; }
    }
}
