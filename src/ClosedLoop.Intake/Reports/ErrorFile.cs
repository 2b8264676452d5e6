using System.Globalization;
using ClosedLoop.Model.Errors;
using ClosedLoop.Model.Files;
using CsvHelper;

namespace ClosedLoop.Intake.Reports;

/// <summary>
/// The error file (closed-loop spec section 16.3). Rows in the dialect of section 17: every value in quotes, nothing for
/// NULL. The header and the STATE line at the end stand exactly as the specification prints them, so that they can be
/// found without a CSV reader.
/// </summary>
public static class ErrorFile
{
    public const string Header = "line;record;column;code;step;group;message";

    public static string NameFor(string fileName, bool test) => ReportName.Of(fileName, test, "error.csv");

    /// <summary>Writes the kept errors, one line for those left out, and the state.</summary>
    public static void Write(Stream stream, IReadOnlyList<FileProblem> errors, long leftOut, FileStep step, RestartOptions restart)
    {
        ArgumentNullException.ThrowIfNull(errors);
        using var csv = CsvWriter.Create(
            stream,
            new CsvWriterOptions { Separator = ';', NewLine = "\n", HasHeader = false, WriteByteOrderMark = false, FormatProvider = CultureInfo.InvariantCulture },
            leaveOpen: true);
        foreach (var name in Header.Split(';')) csv.WriteField(name);
        csv.EndRecord();
        foreach (var error in errors) WriteRow(csv, error);
        if (leftOut > 0)
        {
            var more = FormattableString.Invariant($"{leftOut} {ErrorCodes.E199.Text}");
            WriteRow(csv, FileProblem.OfFile(ErrorCodes.E199, step, more));
        }

        foreach (var field in new[] { "", "", "", "STATE", NameOf(step), "", $"restart={restart.Words()}" }) csv.WriteField(field);
        csv.EndRecord();
    }

    /// <summary>A step as the file spells it.</summary>
    public static string NameOf(FileStep step) => step switch
    {
        FileStep.Name => "name",
        FileStep.Read => "read",
        FileStep.Parse => "parse",
        FileStep.Validate => "validate",
        FileStep.Import => "import",
        FileStep.Copy => "copy",
        FileStep.Start => "start",
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, null),
    };

    private static void WriteRow(CsvWriter csv, FileProblem error)
    {
        WriteNumber(csv, error.Line);
        WriteNumber(csv, error.Record);
        WriteNumber(csv, error.Column);
        csv.WriteField(error.Code.Code, CsvQuoting.Always);
        csv.WriteField(NameOf(error.Step), CsvQuoting.Always);
        if (error.Group is { } group) csv.WriteField(group, CsvQuoting.Always);
        else csv.WriteField("");
        csv.WriteField(error.Message, CsvQuoting.Always);
        csv.EndRecord();
    }

    private static void WriteNumber(CsvWriter csv, long number)
    {
        if (number == 0) csv.WriteField("");
        else csv.WriteField(number.ToString(CultureInfo.InvariantCulture), CsvQuoting.Always);
    }
}
