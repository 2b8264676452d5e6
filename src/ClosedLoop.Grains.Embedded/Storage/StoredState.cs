using System.Runtime.InteropServices;

namespace ClosedLoop.Grains.Embedded;

/// <summary>What a store holds under a state's name.</summary>
/// <param name="State">The value; default when there is none.</param>
/// <param name="RecordExists">Whether there is a value. A cleared record has a version and no value.</param>
/// <param name="Etag">Version; null when there never was a record.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StoredState<TState>(TState? State, bool RecordExists, string? Etag);
