namespace ClosedLoop.Intake.Orders.Lists;

/// <summary>Recipients of an order, from a list or from the order itself, one after the other.</summary>
public interface IOrderRows : IDisposable
{
    /// <summary>Names of the fields, as written.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>Physical line where the current row begins, from 1.</summary>
    long Line { get; }

    /// <summary>Rows met so far, those that cannot be used included.</summary>
    long Count { get; }

    /// <summary>Goes to the next row that has a cell for each column; others are reported and left out.</summary>
    /// <returns>False at the end, or where a fault, which is reported, ends the reading.</returns>
    bool Read();

    /// <summary>Value of a column of the current row; null when it is empty.</summary>
    string? Value(int column);

    /// <summary>The same in UTF-8, until the next row is read; empty when it is empty. For what is done to each of millions of values.</summary>
    ReadOnlySpan<byte> Bytes(int column);
}
