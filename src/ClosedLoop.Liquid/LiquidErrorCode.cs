namespace ClosedLoop.Liquid;

/// <summary>Stable codes of the library's errors.</summary>
public static class LiquidErrorCode
{
    public const string Syntax = "LQ100";
    public const string UnclosedTag = "LQ101";
    public const string UnclosedBlock = "LQ102";
    public const string UnknownTag = "LQ103";
    public const string UnknownFilter = "LQ104";
    public const string UnknownVariable = "LQ105";
    public const string ArgumentCount = "LQ106";
    public const string UnsafePlace = "LQ107";
    public const string NotInDialect = "LQ108";
    public const string NestingTooDeep = "LQ110";
    public const string SourceTooLong = "LQ111";
    public const string InvalidArgument = "LQ200";
    public const string DivisionByZero = "LQ201";
    public const string IncompatibleTypes = "LQ202";
    public const string PartialNotFound = "LQ203";
    public const string TagNotAllowedHere = "LQ204";
    public const string MissingProduct = "LQ205";
    public const string OutputLimit = "LQ300";
    public const string StepLimit = "LQ301";
    public const string LoopLimit = "LQ302";
    public const string TextLimit = "LQ303";
    public const string ArrayLimit = "LQ304";
    public const string PartialDepthLimit = "LQ305";
    public const string TimeLimit = "LQ306";
}
