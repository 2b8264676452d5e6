namespace ClosedLoop.Data.Orders;

/// <summary>The filter that an order made by itself for the rows it brought (xml-delivery spec section 6).</summary>
/// <param name="FilterId">As reports name it.</param>
/// <param name="DatabaseId">Database of the rows.</param>
/// <param name="Code">Code of the rows.</param>
public sealed record AutoFilter(long FilterId, long DatabaseId, long Code)
{
    /// <summary>The first number of automatic filters; those of accounts are below.</summary>
    public const long FirstId = 4_000_000_001;

    /// <summary>It selects the test recipients of its order.</summary>
    public bool Test => Code % 2 != 0;
}
