namespace ClosedLoop.Operations.Reading;

/// <summary>The domains of the mailings under way.</summary>
/// <param name="Lines">Those with most to do first.</param>
/// <param name="IsSampled">Of a large mailing recipients at equal distances were looked at, and the numbers are estimates.</param>
public sealed record QueueLines(IReadOnlyList<QueueLine> Lines, bool IsSampled);
