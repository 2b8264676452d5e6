namespace ClosedLoop.Liquid;

/// <summary>What is done to every output that was not escaped or marked <c>raw</c> by the template.</summary>
public enum LiquidAutoEscape
{
    None,

    /// <summary>The characters <c>&amp; &lt; &gt; " '</c> become entities; nothing else changes.</summary>
    Html,

    /// <summary>
    /// By the place of each output in the HTML: text, attribute, URL, style or script. A place where no value can be made safe is left
    /// empty (docs/decisions/006-escaping-by-context.md).
    /// </summary>
    HtmlContext,
}
