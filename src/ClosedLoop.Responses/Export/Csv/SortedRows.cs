using System.Diagnostics.CodeAnalysis;

namespace ClosedLoop.Responses.Export.Csv;

/// <summary>
/// Rows that come in another order than they are written in: sorted by a second, those of one second stay as they came. What does not fit in
/// memory goes to a file beside the output in sorted stretches, which are merged at the end, so that memory does not grow with the rows.
/// </summary>
internal sealed class SortedRows : CsvRows, IDisposable
{
    /// <summary>Bytes of rows held in memory by default.</summary>
    public const int DefaultCapacity = 16 * 1024 * 1024;

    private const int Slack = 256 * 1024;

    private readonly string _path;
    private readonly int _limit;
    private readonly List<SortedStretch> _stretches = [];
    private FileStream? _spill;
    private ulong[] _keys = new ulong[1024];
    private int[] _ends = new int[1024];
    private int _count;
    private uint _second;
    private bool _inOrder = true;

    /// <param name="format">Zone and quoting.</param>
    /// <param name="path">File for what does not fit; made only then, and gone afterwards.</param>
    /// <param name="capacity">Bytes of rows held in memory.</param>
    public SortedRows(ExportFormat format, string path, int capacity = DefaultCapacity)
        : base(format, Math.Min(capacity, 1024 * 1024) + Slack)
    {
        _path = path;
        _limit = capacity;
    }

    /// <summary>From a small one straight to all it may have: each step between would be memory that nobody uses again.</summary>
    protected override int NextCapacity => _limit + Slack;

    /// <summary>How often the memory was full.</summary>
    public int Stretches => _stretches.Count;

    /// <summary>Says where the next row belongs.</summary>
    /// <param name="microseconds">Its time; before 1970 and after 2106 counts as the nearest of these.</param>
    public void At(long microseconds) => _second = (uint)Math.Clamp(microseconds / 1_000_000, 0, uint.MaxValue);

    /// <summary>Writes all rows in order.</summary>
    public void WriteTo(ExportCsvWriter output)
    {
        if (_spill is null)
        {
            WriteHeld(output);
            return;
        }

        Spill();
        StretchMerge.Write(_spill.SafeFileHandle, _stretches, output);
    }

    public void Dispose() => _spill?.Dispose();

    protected override void RowEnded()
    {
        if (_count == _keys.Length)
        {
            Array.Resize(ref _keys, _count * 2);
            Array.Resize(ref _ends, _count * 2);
        }

        // The place in the buffer as lower half keeps rows of one second in the order in which they came.
        _keys[_count] = ((ulong)_second << 32) | (uint)_count;
        _inOrder &= _count == 0 || _keys[_count - 1] < _keys[_count];
        _ends[_count++] = Used;
        if (Used >= _limit) Spill();
    }

    private void Sort()
    {
        if (!_inOrder) Array.Sort(_keys, 0, _count);
    }

    private ReadOnlySpan<byte> Row(ulong key)
    {
        var index = (int)(uint)key;
        var start = index == 0 ? 0 : _ends[index - 1];
        return Buffer.AsSpan(start, _ends[index] - start);
    }

    private void WriteHeld(ExportCsvWriter output)
    {
        if (_inOrder)
        {
            output.Append(Buffer.AsSpan(0, Used), _count);
            return;
        }

        Sort();
        foreach (var key in _keys.AsSpan(0, _count)) output.Append(Row(key), 1);
    }

    private void Spill()
    {
        if (_count == 0) return;
        OpenSpill();
        Sort();
        var stretch = new StretchWriter(_spill);
        foreach (var key in _keys.AsSpan(0, _count)) stretch.Add((uint)(key >> 32), Row(key));
        _stretches.Add(stretch.End());
        (Used, _count, _inOrder) = (0, 0, true);
    }

    [MemberNotNull(nameof(_spill))]
    private void OpenSpill()
    {
        // It holds addresses as the output does, so it lies where that lies and nobody else may read it.
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0, Options = FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _spill ??= new FileStream(_path, options);
    }
}
