namespace ClosedLoop.Data.Privacy;

/// <summary>Entries of the list of erased people were made with a key that is not here, so nobody can be recognised.</summary>
public sealed class ErasureKeyMissingException(string message) : InvalidOperationException(message);
