namespace ClosedLoop.Mail.Smtp;

/// <summary>One line of a conversation with a relay.</summary>
/// <param name="At">Since the attempt to connect began.</param>
/// <param name="From"><c>C</c> from this client, <c>S</c> from the server, <c>-</c> what happened beside the words: connected, encrypted, ended.</param>
/// <param name="Text">At most <see cref="SmtpTranscript.LongestLine"/> characters.</param>
public readonly record struct SmtpTranscriptLine(TimeSpan At, char From, string Text);
