namespace ClosedLoop.Model.Accounts;

/// <summary>Types of the fields of a user database (xml-delivery spec section 7).</summary>
public enum DatabaseFieldType
{
    String,
    Text,

    /// <summary>One character.</summary>
    Char,

    /// <summary>True or false.</summary>
    Flag,
    Integer,
    PositiveInteger,
    Long,
    Double,

    /// <summary><c>yyyy-MM-dd</c>.</summary>
    Date,

    /// <summary><c>HH:mm:ss</c>.</summary>
    Time,

    /// <summary>Date and time with T or a blank between.</summary>
    DateTime,

    /// <summary>As date and time.</summary>
    Timestamp,
}
