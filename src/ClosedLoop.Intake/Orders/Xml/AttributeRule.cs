namespace ClosedLoop.Intake.Orders.Xml;

/// <summary>An attribute of an element of the schema.</summary>
internal sealed record AttributeRule(string Name, bool Required, ValueRule Value);
