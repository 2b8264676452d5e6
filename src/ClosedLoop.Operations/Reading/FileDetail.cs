using ClosedLoop.Data.Approvals;
using ClosedLoop.Data.Files;
using ClosedLoop.Model.Files;

namespace ClosedLoop.Operations.Reading;

/// <summary>One file with what was found in it.</summary>
/// <param name="Line">The file.</param>
/// <param name="Problems">Errors and warnings, in the order in which they were found.</param>
/// <param name="Previous">The client's file before it of which something was imported.</param>
/// <param name="Domains">Imported rows by domain, most first.</param>
/// <param name="Approvals">Who has said yes so far to a file that takes two people.</param>
public sealed record FileDetail(FileLine Line, IReadOnlyList<FileProblem> Problems, InboundFile? Previous, IReadOnlyList<NamedCount> Domains, IReadOnlyList<Approval> Approvals);
