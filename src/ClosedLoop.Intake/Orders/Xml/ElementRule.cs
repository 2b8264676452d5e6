namespace ClosedLoop.Intake.Orders.Xml;

/// <summary>An element of the schema at its place inside another.</summary>
internal sealed class ElementRule(string name, TypeRule type)
{
    public string Name { get; } = name;

    public TypeRule Type { get; } = type;

    public int Min { get; init; } = 1;

    public int Max { get; init; } = 1;

    /// <summary>Which way of the parent's choice it belongs to; -1 when it is in none.</summary>
    public int Way { get; init; } = -1;
}
