namespace ClosedLoop.Operations.Reading;

/// <summary>One line of what was said on a traced connection.</summary>
/// <param name="At">Milliseconds since the attempt to connect began.</param>
/// <param name="From"><c>C</c> from this client, <c>S</c> from the server, <c>-</c> what happened beside the words.</param>
/// <param name="Text">As said; secrets, messages and recipients' local parts are left out.</param>
public sealed record TraceLine(double At, string From, string Text);
