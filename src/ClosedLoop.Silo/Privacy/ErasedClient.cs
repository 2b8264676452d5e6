using ClosedLoop.Data.Privacy;

namespace ClosedLoop.Silo.Privacy;

/// <summary>What became of a person at one client.</summary>
internal sealed record ErasedClient(long Id, string Key, ErasureResult Result, IReadOnlyList<PersonFile> Files);
