namespace ClosedLoop.Mail.Mime;

/// <summary>A header field beside those the composer writes itself, such as <c>List-Unsubscribe</c>.</summary>
/// <param name="Name">Printable ASCII without colon, at most 76 characters.</param>
/// <param name="Value">Without line breaks and other control characters; folded by the writer, and encoded by RFC 2047 when not ASCII.</param>
public readonly record struct MessageHeader(string Name, string Value);
