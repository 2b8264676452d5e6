namespace ClosedLoop.Sftp;

/// <summary>A file or folder as the server describes it.</summary>
/// <param name="Name">One path segment: never empty, <c>.</c> or <c>..</c>, without <c>/</c> and control characters.</param>
/// <param name="Attributes">What is known of it.</param>
public sealed record SftpEntry(string Name, SftpAttributes Attributes);
