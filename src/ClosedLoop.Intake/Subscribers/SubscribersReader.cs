using System.Buffers;
using ClosedLoop.Model.Errors;
using ClosedLoop.Model.Files;

namespace ClosedLoop.Intake.Subscribers;

/// <summary>
/// Streaming reader of the recipient file grammar (closed-loop spec section 4), on UTF-8 bytes. Strict: whatever the
/// grammar does not allow is a problem with code, physical line, record and column. Memory is one buffer that never
/// grows past the record limit. Why it is our own: <c>docs/decisions/002-subscribers-csv.md</c>.
/// </summary>
/// <remarks>
/// After E104, E108 (lone CR), E109 and E110 the bounds of the following records are anybody's guess, so reading ends
/// there. After E106, E108 (CRLF refused), E111 and E112 it goes on, to show all faults of a file at once.
/// </remarks>
public sealed partial class SubscribersReader : IDisposable
{
    private readonly ReaderLimits _limits;
    private readonly ProblemList _problems;
    private readonly FieldSlot[] _slots;
    private readonly bool _acceptCrLf;
    private long _nextLine = 1;
    private long _blankLines;
    private long _firstBlankLine;
    private bool _crLfSeen;
    private bool _stopped;

    /// <summary>Reads <paramref name="stream"/> from its position; the caller keeps ownership of the stream.</summary>
    /// <param name="stream">The file, already decoded to UTF-8.</param>
    /// <param name="columns">Columns whose values are wanted; further columns of a record are only counted.</param>
    /// <param name="limits">Bounds on bytes.</param>
    /// <param name="acceptCrLf">CRLF line ends pass with W153; otherwise E108.</param>
    /// <param name="problems">Takes what the grammar refuses.</param>
    /// <param name="separator">Between two fields of a record: <c>;</c> here, another one in the lists of an order.</param>
    public SubscribersReader(Stream stream, int columns, ReaderLimits limits, bool acceptCrLf, ProblemList problems, char separator = ';')
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(problems);
        _stream = stream;
        _limits = limits;
        _problems = problems;
        _acceptCrLf = acceptCrLf;
        _separator = checked((byte)separator);
        _bareStops = SearchValues.Create([_separator, Quote, Lf, Cr, .. Controls.Where(b => b != separator)]);
        _slots = new FieldSlot[columns];
        _buffer = ArrayPool<byte>.Shared.Rent(Math.Min(FirstBuffer, limits.MaxRecordBytes + Slack));
    }

    /// <summary>Physical line where the current record begins, from 1. Lines are counted by LF.</summary>
    public long Line { get; private set; }

    /// <summary>Number of the current record, from 1. An empty line between records counts as one.</summary>
    public long Record { get; private set; }

    /// <summary>Columns of the current record; may differ from the number asked for.</summary>
    public int FieldCount { get; private set; }

    /// <summary>The current record holds a character or byte sequence that makes the file fail.</summary>
    public bool RecordIsFaulty { get; private set; }

    /// <summary>Bytes consumed so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Value of a column without quotes; quote pairs are single quotes. Valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> Field(int column)
    {
        ref readonly var slot = ref _slots[column];
        return slot.Unescaped
            ? _scratch.AsSpan(slot.Start, slot.Length)
            : _buffer.AsSpan(_recordStart + slot.Start, slot.Length);
    }

    /// <summary>Zero characters between separators mean NULL; <c>""</c> is an empty string (section 4.1, 17).</summary>
    public bool IsNull(int column) => _slots[column].Length == 0 && !_slots[column].Quoted;

    /// <summary>Physical line where a field of the current record begins.</summary>
    public long LineOf(int column)
    {
        if (!_severalLines || column >= _slots.Length) return Line;
        return Line + _buffer.AsSpan(_recordStart, _slots[column].RawStart).Count((byte)'\n');
    }

    /// <summary>Advances to the next record.</summary>
    /// <returns>False at the end, or where a fault ends the reading.</returns>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public bool Read()
    {
        _recordStart = _next;
        while (!_stopped)
        {
            if (!_begun && !Begin()) continue;
            var data = _buffer.AsSpan(_recordStart, _end - _recordStart);
            if (data.IsEmpty && _endOfStream) return false;
            var result = data.IsEmpty ? ScanResult.NeedMore : ScanRecord(data, out _length);
            switch (result)
            {
                case ScanResult.NeedMore:
                    Fill();
                    break;
                case ScanResult.Blank:
                    if (_blankLines++ == 0) _firstBlankLine = _nextLine;
                    Consume(1);
                    _recordStart = _next;
                    break;
                case ScanResult.Complete:
                    if (Accept(data[.._length])) return true;
                    break;
                default:
                    Stop(result, data);
                    break;
            }
        }

        return false;
    }

    public void Dispose()
    {
        if (_buffer.Length == 0) return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private bool Accept(ReadOnlySpan<byte> raw)
    {
        if (raw.Length > _limits.MaxRecordBytes)
        {
            Stop(ScanResult.RecordTooLong, raw);
            return false;
        }

        ReportBlankLines();
        Record++;
        Line = _nextLine;
        RecordIsFaulty = false;
        var lines = raw.Count((byte)'\n');
        _severalLines = lines > 1;
        if (_controlAt >= 0) ReportControl(raw);
        if (_suspectUtf8) CheckUtf8(raw);
        if (_crLf) ReportCrLf();
        Unescape();
        Consume(lines);
        return true;
    }

    private void Consume(int lines)
    {
        _nextLine += lines;
        BytesRead += _length;
        _next = _recordStart + _length;
    }

    private void ReportBlankLines()
    {
        for (var i = 0L; i < _blankLines; i++)
        {
            Record++;
            Line = _firstBlankLine + i;
            if (_problems.IsFull(ErrorCodes.E111)) _problems.Count(ErrorCodes.E111);
            else Report(ErrorCodes.E111, Line, 1, "empty line between records; every record needs all columns");
        }

        _blankLines = 0;
    }

    private void Report(ErrorCode code, long line, int column, string message) =>
        _problems.Add(new FileProblem(code, FileStep.Parse, line, Record, column, null, null, message));
}
