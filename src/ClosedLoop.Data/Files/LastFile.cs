namespace ClosedLoop.Data.Files;

/// <summary>A client's file before the one that is looked at.</summary>
/// <param name="FileId">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Imported">Its recipients.</param>
/// <param name="ClientVersion">Version of the client's definition by which it was read: its columns.</param>
public sealed record LastFile(long FileId, string Name, long Imported, int ClientVersion);
