namespace ClosedLoop.Liquid;

/// <summary>What is done to every output that was not escaped or marked <c>raw</c> by the template.</summary>
public enum LiquidAutoEscape
{
    None,

    /// <summary>The characters <c>&amp; &lt; &gt; " '</c> become entities; nothing else changes.</summary>
    Html,
}
