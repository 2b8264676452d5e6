namespace ClosedLoop.Data.Orders;

/// <summary>An error or warning of an operation.</summary>
/// <param name="Code">Key such as E-02 or W-04.</param>
/// <param name="File">List it is in; <c>null</c> for the order.</param>
/// <param name="Line">From 1; 0 for the file as a whole.</param>
/// <param name="Column">From 1; 0 when it is not known.</param>
/// <param name="Message">What was found and expected.</param>
/// <param name="OccurredAt">Microseconds.</param>
public sealed record OperationProblem(string Code, string? File, long Line, int Column, string Message, long OccurredAt)
{
    public bool IsError => Code.StartsWith('E');

    /// <summary>Text of one line: key, place, message.</summary>
    public string Text
    {
        get
        {
            var place = Line == 0 ? "" : Column == 0 ? FormattableString.Invariant($" line {Line}") : FormattableString.Invariant($" line {Line} column {Column}");
            return File is null && place.Length == 0 ? $"{Code} {Message}" : $"{Code} {(File is null ? place.TrimStart() : File + place)}: {Message}";
        }
    }
}
