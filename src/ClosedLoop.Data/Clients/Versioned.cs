namespace ClosedLoop.Data.Clients;

/// <summary>A definition and the version it is stored under; <paramref name="Changed"/> tells whether this call stored it.</summary>
public sealed record Versioned<T>(T Value, int Version, bool Changed)
    where T : class;
