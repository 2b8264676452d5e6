namespace ClosedLoop.Data.Postgres;

/// <summary>The server or database cannot hold the schema.</summary>
public sealed class UnsuitableServerException(string message) : Exception(message);
