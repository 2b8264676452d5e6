using System.Text;
using ClosedLoop.Intake.Orders.Xml;
using ClosedLoop.Intake.Subscribers;
using ClosedLoop.Model.Accounts;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Errors;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Orders.Lists;

/// <summary>
/// The rows of a CSV list, plain or zipped (xml-delivery spec section 7), read with the scanner of recipient files. Header with field names; rows with another number of cells are skipped with W-04,
/// blank lines are nothing; whatever makes the rest unreadable is E-13.
/// </summary>
internal sealed class ListRows : IOrderRows
{
    private static readonly byte[] Utf8Mark = [0xEF, 0xBB, 0xBF];

    private readonly string _file;
    private readonly OrderProblems _problems;
    private readonly ProblemList _faults = new();
    private readonly Stream _stream;
    private readonly SubscribersReader _reader;
    private readonly List<string> _columns = [];
    private readonly int _maxFields;
    private int _seenFaults;
    private bool _ended;

    private ListRows(string file, Stream stream, string charset, char separator, OrderLimits limits, OrderProblems problems)
    {
        (_file, _problems, _stream, _maxFields) = (file, problems, stream, limits.MaxFields);
        var text = FileText.Open(stream, new CsvDialect { Encoding = charset });
        var bounds = new ReaderLimits(limits.MaxListBytes, limits.MaxRowBytes) { Setting = "the limit of lists" };
        _reader = new SubscribersReader(text, limits.MaxFields + 1, bounds, acceptCrLf: true, _faults, separator);
        if (!Guarded(ReadHeader)) _ended = true;
    }

    public IReadOnlyList<string> Columns => _columns;

    public long Line => _reader.Line;

    public long Count { get; private set; }

    /// <summary>Opens a list and reads its header; what is wrong is reported.</summary>
    /// <param name="open">Opens the file at its start.</param>
    /// <param name="file">Its name, for the report.</param>
    /// <param name="charset">Charset unless a UTF-8 byte order mark says otherwise.</param>
    /// <param name="separator">Between two cells.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <returns>Null when no row can be read.</returns>
    public static ListRows? Open(Func<Stream> open, string file, string charset, char separator, OrderLimits limits, OrderProblems problems)
    {
        BufferedReadStream? stream = null;
        try
        {
            stream = new BufferedReadStream(open());
            if (ListArchive.Is(stream.Peek(4)))
            {
                stream.Dispose();
                stream = new BufferedReadStream(ListArchive.Open(open(), limits));
                if (ListArchive.Is(stream.Peek(4))) throw new ListFaultException("the zip archive holds another archive");
            }

            if (stream.Peek(Utf8Mark.Length) is var head && head.SequenceEqual(Utf8Mark)) charset = "utf-8";
            var rows = new ListRows(file, stream, charset, separator, limits, problems);
            if (!rows._ended) return rows;
            rows.Dispose();
            return null;
        }
        catch (Exception fault) when (fault is ListFaultException or LimitException or IOException or InvalidDataException)
        {
            stream?.Dispose();
            problems.Add(OrderErrorCodes.E13, 0, 0, fault is InvalidDataException ? "the zip archive is damaged" : fault.Message, file);
            return null;
        }
    }

    public bool Read() => !_ended && Guarded(ReadRow);

    public string? Value(int column)
    {
        var value = _reader.Field(column);
        return value.IsEmpty ? null : Encoding.UTF8.GetString(value);
    }

    public ReadOnlySpan<byte> Bytes(int column) => _reader.Field(column);

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
    }

    private bool ReadHeader()
    {
        if (!ReadRecord())
        {
            if (_faults.Errors.All(fault => fault.Code == ErrorCodes.E111)) Report(OrderErrorCodes.E13, 0, 0, "the list is empty; expected a header with the names of fields");
            return false;
        }

        if (_reader.FieldCount > _maxFields)
        {
            Report(OrderErrorCodes.E13, _reader.Line, 0, FormattableString.Invariant($"the header has {_reader.FieldCount} columns; at most {_maxFields}"));
            return false;
        }

        var good = true;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < _reader.FieldCount; i++)
        {
            var name = Encoding.UTF8.GetString(_reader.Field(i)).Trim();
            _columns.Add(name);
            var fault = name.Length == 0 ? "the heading is empty; expected the name of a field"
                : !seen.Add(name) ? "the heading is there twice; expected each field once"
                : name.Equals(UserDatabase.CodeField, StringComparison.OrdinalIgnoreCase) ? $"field {UserDatabase.CodeField} is reserved" : null;
            if (fault is null) continue;
            good = false;
            Report(OrderErrorCodes.E09, _reader.Line, i + 1, fault);
        }

        return good;
    }

    private bool ReadRow()
    {
        while (ReadRecord())
        {
            Count++;
            if (_reader.FieldCount == _columns.Count) return true;
            Report(OrderErrorCodes.W04, _reader.Line, 0, FormattableString.Invariant($"the row has {_reader.FieldCount} cells and the header {_columns.Count}; it is skipped"));
        }

        return false;
    }

    /// <summary>Goes to the next record; empty lines are not one here, and every other fault of the scanner makes the list unreadable.</summary>
    private bool ReadRecord()
    {
        var more = _reader.Read();
        for (; _seenFaults < _faults.Errors.Count; _seenFaults++)
        {
            var fault = _faults.Errors[_seenFaults];
            if (fault.Code == ErrorCodes.E111) continue;
            Report(OrderErrorCodes.E13, fault.Line, fault.Column, fault.Message);
            _ended = true;
        }

        return more && !_ended;
    }

    private bool Guarded(Func<bool> read)
    {
        try
        {
            return read();
        }
        catch (DecoderFallbackException)
        {
            Report(OrderErrorCodes.E13, _reader.Line + 1, 0, "bytes that are no character of the list's charset stand in this line or soon after it");
        }
        catch (Exception fault) when (fault is LimitException or IOException)
        {
            Report(OrderErrorCodes.E13, _reader.Line, 0, fault.Message);
        }
        catch (InvalidDataException)
        {
            Report(OrderErrorCodes.E13, _reader.Line, 0, "the zip archive is damaged");
        }

        _ended = true;
        return false;
    }

    private void Report(OrderErrorCode code, long line, int column, string message) => _problems.Add(code, line, column, message, _file);
}
