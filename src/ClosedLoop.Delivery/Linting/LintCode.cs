namespace ClosedLoop.Delivery.Linting;

/// <summary>Stable codes of what is wrong with a mailing beyond the language of its templates.</summary>
public static class LintCode
{
    public const string Definition = "LT101";
    public const string EmptySubject = "LT201";
    public const string SubjectWithLineBreak = "LT202";
    public const string NoTextPart = "LT203";
    public const string NoUnsubscribeLink = "LT204";
    public const string UnusedColumn = "LT205";
    public const string TooLarge = "LT301";
    public const string LinkWithoutName = "LT302";
    public const string LinkWithoutTarget = "LT303";
    public const string UnsafeLink = "LT304";
    public const string ImageWithoutText = "LT305";
    public const string UnclosedProduct = "LT306";
    public const string RenderFails = "LT401";
}
