using ClosedLoop.Model.Accounts;

namespace ClosedLoop.Intake.Orders.Filters;

/// <summary>
/// A filter over the fields of one user database: comparisons joined by <c>and</c>, <c>or</c>, <c>not</c> and brackets. It is compiled to a function and never becomes
/// part of an SQL text; it has no loops, no patterns and no functions, so that the cost of a row is bounded by the length of the expression. Grammar: <c>docs/xml-delivery.md</c>.
/// </summary>
public sealed class FilterExpression
{
    /// <summary>Characters of an expression.</summary>
    public const int MaxLength = 4000;

    /// <summary>Comparisons of an expression.</summary>
    public const int MaxComparisons = 200;

    /// <summary>Brackets and negations inside each other.</summary>
    public const int MaxDepth = 32;

    /// <summary>Values of one list.</summary>
    public const int MaxListValues = 1000;

    private readonly FilterTest _test;

    private FilterExpression(string text, FilterTest test) => (Text, _test) = (text, test);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Reads an expression against the fields of its database.</summary>
    /// <exception cref="FilterException">CL4101 grammar, CL4102 unknown field, CL4103 value not of the field's type, CL4104 too large.</exception>
    public static FilterExpression Parse(string text, UserDatabase database)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(database);
        if (text.Length > MaxLength) throw new FilterException("CL4104", MaxLength + 1, FormattableString.Invariant($"the expression has {text.Length} characters; at most {MaxLength}"));
        return new FilterExpression(text, new FilterParser(FilterScanner.Scan(text), database).Parse());
    }

    /// <summary>The filter that an operation makes for its own rows (xml-delivery spec section 6).</summary>
    /// <param name="code">Code of the operation, as in <c>X12N</c>.</param>
    public static string ForCode(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return $"{UserDatabase.CodeField} = '{code.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    /// <summary>Whether the filter selects a row.</summary>
    public bool Selects(IFilterRow row, DateOnly today) => _test(row, today);
}
