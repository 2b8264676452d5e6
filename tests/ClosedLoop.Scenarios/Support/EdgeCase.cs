namespace ClosedLoop.Scenarios.Support;

/// <summary>One line of the table of edge cases (closed-loop spec section 4.1).</summary>
/// <param name="Number">Its number there.</param>
/// <param name="Content">The file.</param>
/// <param name="Effect">F: the file fails; R: a record is left out; D: somebody is left out when the mailing is sent; I: everything goes on.</param>
/// <param name="Code">What is said of it; null for nothing.</param>
/// <param name="Line">Physical line that is named, from 1; 0 when none is.</param>
/// <param name="Mailings">Sent mails of each mailing that comes of the file, in the order of the mailings.</param>
internal sealed record EdgeCase(int Number, byte[] Content, char Effect, string? Code, long Line, params int[] Mailings);
