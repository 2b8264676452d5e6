namespace ClosedLoop.Intake.Orders.Filters;

/// <summary>Words of the filter language.</summary>
internal enum FilterTokenKind
{
    End,
    Name,

    /// <summary>A name in square brackets, which is never a keyword.</summary>
    QuotedName,
    Text,
    Number,
    Symbol,
}
