namespace ClosedLoop.Model.Lists;

/// <summary>Value type of a recipient list field (closed-loop spec section 5).</summary>
public enum FieldType
{
    String,
    Text,
    Short,
    Integer,
    Long,
    Decimal,
    Float,
    Date,
    Timestamp,
    Boolean,
}
