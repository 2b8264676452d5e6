namespace ClosedLoop.Mail.Mime;

/// <summary>A mailbox of RFC 5322 section 3.4: a display name for people and an address for machines.</summary>
/// <param name="Address">The addr-spec, <c>local@domain</c>; a domain in national letters is written as A-labels.</param>
/// <param name="DisplayName">Any text; control characters become spaces. Null or empty writes the bare address.</param>
public readonly record struct Mailbox(string Address, string? DisplayName = null);
