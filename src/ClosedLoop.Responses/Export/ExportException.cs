namespace ClosedLoop.Responses.Export;

/// <summary>An export that cannot be taken or published as it is configured; the text says what to change.</summary>
/// <param name="code">Stable code.</param>
/// <param name="message">What was found, where, and what was expected.</param>
public sealed class ExportException(string code, string message) : Exception($"{code}: {message}")
{
    public string Code => code;
}
