namespace ClosedLoop.Model.Responses;

/// <summary>How a category reads in the export files, and how a refusal becomes one (closed-loop spec section 13).</summary>
public static class ResponseCategories
{
    /// <summary>The value of <c>response.category</c>.</summary>
    public static string ToExport(this ResponseCategory category) => category switch
    {
        ResponseCategory.Unknown => "unknown",
        ResponseCategory.Bounce => "bounce",
        ResponseCategory.TemporaryBounce => "temporary_bounce",
        ResponseCategory.FatalBounce => "fatal_bounce",
        ResponseCategory.Autoresponder => "autoresponder",
        _ => throw new ArgumentOutOfRangeException(nameof(category), category, "not a response category"),
    };

    /// <summary>Whether the category is a bounce at all: those decide <c>deliveryStatus</c>.</summary>
    public static bool IsBounce(this ResponseCategory category) =>
        category is ResponseCategory.Bounce or ResponseCategory.TemporaryBounce or ResponseCategory.FatalBounce;

    /// <summary>
    /// Category of a refusal: 4.x.x or SMTP 4xx is temporary; 5.2.2, 5.2.3, 5.3.4 and 5.7.x are soft; every other 5 is hard;
    /// nothing readable is soft.
    /// </summary>
    /// <param name="replyCode">SMTP reply code, 0 when there was none.</param>
    /// <param name="enhancedCode">RFC 3463 status such as <c>5.2.2</c>; empty when there was none.</param>
    public static ResponseCategory OfRefusal(int replyCode, string? enhancedCode)
    {
        if (!string.IsNullOrEmpty(enhancedCode))
        {
            if (enhancedCode[0] == '4') return ResponseCategory.TemporaryBounce;
            if (enhancedCode is "5.2.2" or "5.2.3" or "5.3.4" || enhancedCode.StartsWith("5.7.", StringComparison.Ordinal)) return ResponseCategory.Bounce;
            if (enhancedCode[0] == '5') return ResponseCategory.FatalBounce;
        }

        return replyCode switch
        {
            >= 400 and < 500 => ResponseCategory.TemporaryBounce,
            >= 500 and < 600 => ResponseCategory.FatalBounce,
            _ => ResponseCategory.Bounce,
        };
    }
}
