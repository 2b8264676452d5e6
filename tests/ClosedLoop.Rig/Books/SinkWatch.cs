namespace ClosedLoop.Rig.Books;

/// <summary>Counts the messages of the sink's ledger while it is being written; cheap enough to look every millisecond.</summary>
internal sealed class SinkWatch(string path) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly byte[] _buffer = new byte[256 * 1024];
    private FileStream? _file;
    private int _lines;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                if (_file is null && !File.Exists(path)) return 0;
                _file ??= new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
                int read;
                while ((read = _file.Read(_buffer)) > 0) _lines += _buffer.AsSpan(0, read).Count((byte)'\n');
                return _lines;
            }
        }
    }

    public void Dispose() => _file?.Dispose();
}
