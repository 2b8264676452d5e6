namespace ClosedLoop.Data.Contacts;

/// <summary>Who has a user database to himself (xml-delivery spec section 6.1).</summary>
/// <param name="DatabaseId">The database.</param>
/// <param name="Holder">An operation, a delivery, or an operator with his reason.</param>
/// <param name="Since">Microseconds.</param>
public sealed record ContactLock(long DatabaseId, string Holder, long Since);
