using ClosedLoop.Intake.Orders.Xml;

namespace ClosedLoop.Intake.Orders;

/// <summary>
/// Reads an instructions file (xml-delivery spec section 5) in one streaming pass against the shipped schema and then by the rules that need no account. All errors are reported
/// together. The file can make it read nothing but itself, and memory stays below a bound whatever the file is: see <c>docs/decisions/018-xml-orders.md</c>.
/// </summary>
public static class OrderReader
{
    /// <summary>Reads an order.</summary>
    /// <param name="open">Opens the file at its start; called up to three times, because the charset is looked for first and a bad byte last.</param>
    /// <param name="limits">Bounds; those of the specification when null.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OrderReading Read(Func<Stream> open, OrderLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(open);
        limits ??= OrderLimits.Default;
        var problems = new OrderProblems(limits.MaxProblems);
        var places = new OrderPlaces();
        var root = OrderParser.Parse(open, limits, problems);
        var order = root is null ? null : new OrderBuilder(root, limits, problems, places).Build();
        return new OrderReading(problems.ErrorCount == 0 ? order : null, problems, places);
    }

    /// <summary>The schema as shipped, for whoever wants to check orders before they are sent.</summary>
    public static Stream OpenSchema() => typeof(OrderReader).Assembly.GetManifestResourceStream(OrderGrammar.ResourceName)!;
}
