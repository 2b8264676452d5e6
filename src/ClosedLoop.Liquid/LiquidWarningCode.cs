namespace ClosedLoop.Liquid;

/// <summary>Stable codes of what is doubtful in a template but no error.</summary>
public static class LiquidWarningCode
{
    public const string UnknownVariable = "LW101";
    public const string UnknownFilter = "LW102";
    public const string UnknownPlaceholder = "LW103";
    public const string EmptyPlaceholder = "LW104";
    public const string UnknownProductColumn = "LW105";
    public const string DoubtfulPlace = "LW201";
}
