namespace ClosedLoop.Operations.Ports;

/// <summary>Something a check of a source mailing found.</summary>
/// <param name="Part"><c>subject</c>, <c>html</c>, <c>text</c>, or empty for the mailing as a whole.</param>
/// <param name="Line">From 1; 0 without a place.</param>
/// <param name="Column">From 1; 0 without a place.</param>
/// <param name="Code">See docs/templates.md.</param>
/// <param name="Severity"><c>error</c>, <c>warning</c> or <c>note</c>.</param>
/// <param name="Message">What was found.</param>
/// <param name="Hint">What to do.</param>
public sealed record TemplateFinding(string Part, int Line, int Column, string Code, string Severity, string Message, string Hint);
