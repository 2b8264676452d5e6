namespace ClosedLoop.Operations.Reading;

/// <summary>What a mailing was made of, and whether that has changed since.</summary>
/// <param name="SourceName">Name of its source mailing; <c>null</c> when that is gone, or never was.</param>
/// <param name="SourceNow">Newest version of the source mailing; <c>null</c> as before.</param>
/// <param name="ClientNow">Newest version of the client's definition.</param>
/// <param name="IsExported">Whether export files tell of it: those of test data only when the client's definition says so.</param>
public sealed record Provenance(string? SourceName, int? SourceNow, int ClientNow, bool IsExported);
