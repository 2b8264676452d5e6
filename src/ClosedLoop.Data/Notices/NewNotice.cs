namespace ClosedLoop.Data.Notices;

/// <summary>A mail to be written to people.</summary>
/// <param name="Cause">What it tells of, such as <c>file/3/FailedImport/1763…</c>: told once to each address, however often it is asked for.</param>
/// <param name="ClientId">Whose matter it is.</param>
/// <param name="Addresses">Who gets it.</param>
/// <param name="Subject">Plain text.</param>
/// <param name="Body">Plain text, lines end with LF.</param>
public sealed record NewNotice(string Cause, long ClientId, IReadOnlyList<string> Addresses, string Subject, string Body);
