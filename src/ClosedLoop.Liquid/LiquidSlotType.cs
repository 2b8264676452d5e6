namespace ClosedLoop.Liquid;

/// <summary>How the UTF-8 text of a slot takes part in comparisons and arithmetic. Plain output is always the text as it stands.</summary>
public enum LiquidSlotType
{
    String,

    /// <summary>Optional sign and digits; any other text counts as a string.</summary>
    Integer,

    /// <summary>Decimal point is '.'; any other text counts as a string.</summary>
    Decimal,

    /// <summary><c>true</c>/<c>1</c> and <c>false</c>/<c>0</c>; any other text counts as a string.</summary>
    Boolean,

    /// <summary>Text that the <c>date</c> filter can read; compares as text, so ISO 8601 sorts by time.</summary>
    Date,
}
