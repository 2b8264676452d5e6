namespace ClosedLoop.Operations.Api;

/// <summary>An action on many things.</summary>
/// <param name="Kind">Which, such as <c>files.discard</c> or <c>people.block</c>.</param>
/// <param name="Subjects">Numbers of files or mailings, or addresses.</param>
/// <param name="Reason">Why; may be missing when only counting.</param>
/// <param name="Client">Key of the client, for addresses.</param>
/// <param name="DryRun">Only counts.</param>
internal sealed record ApiNewBulk(string Kind, IReadOnlyList<string> Subjects, string? Reason, string? Client, bool? DryRun);
