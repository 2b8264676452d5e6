namespace ClosedLoop.Model.Orders;

/// <summary>A label attached to the delivery; content may name it as <c>&lt;{label}&gt;</c>.</summary>
public sealed record OrderNote(string Label, string Value);
