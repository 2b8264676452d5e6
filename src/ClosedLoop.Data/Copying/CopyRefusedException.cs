namespace ClosedLoop.Data.Copying;

/// <summary>A database cannot be copied as things are; nothing was changed in either.</summary>
public sealed class CopyRefusedException(string message) : Exception(message);
