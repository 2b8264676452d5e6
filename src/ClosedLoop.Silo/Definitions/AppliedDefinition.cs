namespace ClosedLoop.Silo.Definitions;

/// <summary>What became of one definition.</summary>
/// <param name="Kind"><c>client</c>, <c>mailing</c> or <c>account</c>.</param>
/// <param name="Id">Client id, also of an account, or source mailing id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Version in force.</param>
/// <param name="Changed">Whether this call stored it.</param>
public sealed record AppliedDefinition(string Kind, long Id, string Name, int Version, bool Changed);
