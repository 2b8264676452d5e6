namespace ClosedLoop.Delivery.Linting;

/// <summary>Something a check of a source mailing found.</summary>
/// <param name="Part"><c>subject</c>, <c>html</c>, <c>text</c>, or empty for the mailing as a whole.</param>
/// <param name="Line">1-based line of the part; 0 when the finding has no place.</param>
/// <param name="Column">1-based, in UTF-16 units; 0 when the finding has no place.</param>
/// <param name="Code">LT, LW or LQ and a number, see docs/templates.md.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What was found.</param>
/// <param name="Hint">What to do.</param>
/// <param name="SourceLine">The line without its ending; empty without a place.</param>
public sealed record ContentFinding(string Part, int Line, int Column, string Code, FindingSeverity Severity, string Message, string Hint, string SourceLine = "");
