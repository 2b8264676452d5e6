namespace ClosedLoop.Operations.Api;

/// <summary>What a bulk action reaches, and the job that carries it out.</summary>
/// <param name="Id">The job; missing when only counted or when nothing was to be done.</param>
/// <param name="Total">Things it is about.</param>
/// <param name="People">Recipients or addresses they stand for; missing for files.</param>
/// <param name="Refused">What was named and is not known.</param>
/// <param name="Text">What was done.</param>
internal sealed record ApiBulkStarted(long? Id, long Total, long? People, IReadOnlyList<string> Refused, string Text);
