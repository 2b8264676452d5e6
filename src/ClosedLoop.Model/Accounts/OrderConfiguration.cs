namespace ClosedLoop.Model.Accounts;

/// <summary>What a polled folder says about its orders (xml-delivery spec section 14), as far as reading them goes.</summary>
public sealed record OrderConfiguration
{
    /// <summary>Between the fields of a list: comma, semicolon, tab or bar.</summary>
    public char CsvSeparator { get; init; } = ',';

    /// <summary>Charset of lists; null means that of the database.</summary>
    public string? CsvEncoding { get; init; }

    /// <summary>IANA name of the zone that <c>schedule</c> is meant in.</summary>
    public string TimeZone { get; init; } = "Europe/Rome";

    /// <summary>Orders may name filter 0, the whole database.</summary>
    public bool AllowFilterZero { get; init; }
}
