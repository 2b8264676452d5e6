using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using ClosedLoop.Model.Errors;
using ClosedLoop.Model.Files;

namespace ClosedLoop.Intake.Subscribers;

/// <summary>Faults of the grammar in words. Slow code: it runs for the first thousand faults of a file only.</summary>
public sealed partial class SubscribersReader
{
    private void Stop(ScanResult fault, ReadOnlySpan<byte> data)
    {
        _stopped = true;
        if (fault == ScanResult.FileTooLong)
        {
            _problems.Add(FileProblem.OfFile(ErrorCodes.E104, FileStep.Read, $"the file is longer than {_limits.MaxBytes} bytes ({_limits.Setting})"));
            return;
        }

        ReportBlankLines();
        Record++;
        Line = _nextLine;
        if (fault == ScanResult.RecordTooLong)
        {
            Report(ErrorCodes.E104, Line, 0, $"the record is longer than {_limits.MaxRecordBytes} bytes; a quote may not be closed");
            return;
        }

        var line = Line + data[.._faultAt].Count(Lf);
        var column = fault == ScanResult.TextAfterQuote ? FieldCount : FieldCount + (fault == ScanResult.LoneCr ? 0 : 1);
        switch (fault)
        {
            case ScanResult.LoneCr:
                Report(ErrorCodes.E108, line, column, "carriage return without line feed outside quotes; expected LF");
                break;
            case ScanResult.OpenQuote:
                Report(ErrorCodes.E109, line, column, "the quote that opens here is not closed before the file ends");
                break;
            case ScanResult.QuoteInBareField:
                Report(ErrorCodes.E110, line, column, "quote inside a field that does not begin with one");
                break;
            default:
                Report(ErrorCodes.E110, line, column, $"text after the closing quote; expected {(_separator == '\t' ? "a tab" : (char)_separator)} or the end of the line");
                break;
        }
    }

    private void ReportControl(ReadOnlySpan<byte> raw)
    {
        RecordIsFaulty = true;
        var code = raw[_controlAt].ToString("X4", CultureInfo.InvariantCulture);
        Report(ErrorCodes.E112, Line + raw[.._controlAt].Count(Lf), ColumnAt(_controlAt), $"control character U+{code}");
    }

    private void CheckUtf8(ReadOnlySpan<byte> raw)
    {
        if (Utf8.IsValid(raw)) return;
        RecordIsFaulty = true;
        var at = 0;
        while (Rune.DecodeFromUtf8(raw[at..], out _, out var used) == OperationStatus.Done) at += used;
        var value = raw[at].ToString("X2", CultureInfo.InvariantCulture);
        Report(ErrorCodes.E106, Line + raw[..at].Count(Lf), ColumnAt(at), $"byte 0x{value} at offset {BytesRead + at} begins no UTF-8 sequence");
    }

    private void ReportCrLf()
    {
        if (!_acceptCrLf)
        {
            RecordIsFaulty = true;
            Report(ErrorCodes.E108, _nextLine, 0, "the line ends with CRLF; expected LF");
        }
        else if (!_crLfSeen)
        {
            Report(ErrorCodes.W153, _nextLine, 0, "the line ends with CRLF instead of LF");
        }

        _crLfSeen = true;
    }

    private void ReportByteOrderMark() => Report(ErrorCodes.W152, 1, 0, "byte order mark at the start of the file dropped");

    /// <summary>Column, from 1, of the byte at an offset of the record; 0 past the columns that are kept.</summary>
    private int ColumnAt(int offset)
    {
        var known = Math.Min(FieldCount, _slots.Length);
        for (var i = known - 1; i >= 0; i--)
        {
            if (_slots[i].RawStart <= offset) return i == known - 1 && FieldCount > known ? 0 : i + 1;
        }

        return 0;
    }
}
