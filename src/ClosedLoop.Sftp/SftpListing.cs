namespace ClosedLoop.Sftp;

/// <summary>What is in a folder.</summary>
/// <param name="Entries">Without <c>.</c> and <c>..</c>, in the server's order; links are not followed.</param>
/// <param name="Refused">Names no honest server sends, escaped for display: with <c>/</c>, NUL or other control characters, or not in UTF-8. Such a file cannot be opened.</param>
public sealed record SftpListing(IReadOnlyList<SftpEntry> Entries, IReadOnlyList<string> Refused);
