namespace ClosedLoop.Operations.Reading;

/// <summary>What came of rendering a template for some recipients of a mailing; nothing was sent.</summary>
/// <param name="MailingId">Whose recipients they were; 0 when invented values had to do.</param>
/// <param name="Rows">How many were rendered.</param>
/// <param name="Of">How many recipients the mailing has.</param>
/// <param name="Faults">Those that could not be rendered.</param>
/// <param name="Largest">Octets of the largest message.</param>
/// <param name="LongestSubject">The longest subject.</param>
/// <param name="EmptySubjects">How many had none.</param>
public sealed record DryRun(long MailingId, int Rows, long Of, IReadOnlyList<DryRunFault> Faults, long Largest, string LongestSubject, int EmptySubjects);
