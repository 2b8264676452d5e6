namespace ClosedLoop.Optimove.Double;

/// <summary>A customer of a campaign.</summary>
public sealed record DoubleCustomer(string Id, int Template, string? Schedule, bool IsControl = false, string? PromoCode = null);
