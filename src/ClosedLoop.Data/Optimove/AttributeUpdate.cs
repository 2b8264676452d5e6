namespace ClosedLoop.Data.Optimove;

/// <summary>The newest value of a customer's attribute.</summary>
/// <param name="Customer">Whose.</param>
/// <param name="Field">Real field name at Optimove.</param>
/// <param name="Value">As it is to be sent.</param>
/// <param name="Version">Counts up with each value.</param>
public sealed record AttributeUpdate(string Customer, string Field, string Value, long Version);
