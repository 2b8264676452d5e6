using ClosedLoop.Operations.Ports;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Pages;

/// <summary>A closer look at a file: its form, its rows, the one before it.</summary>
/// <param name="Profile">Its form.</param>
/// <param name="Comparison">Beside the one before; <c>null</c> without one, and while it is being compared.</param>
/// <param name="Rows">Imported rows that are still there.</param>
/// <param name="Row">The row that is shown; <c>null</c> for none.</param>
/// <param name="View">It as a mail.</param>
/// <param name="Empty">The column that was searched for an empty value.</param>
/// <param name="Search">What that came to.</param>
public sealed record FileLook(FileProfile Profile, FileComparison? Comparison, long Rows, FileRow? Row, MailView? View, string? Empty, EmptySearch? Search);
