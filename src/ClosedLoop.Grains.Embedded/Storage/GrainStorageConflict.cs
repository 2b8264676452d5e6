namespace ClosedLoop.Grains.Embedded;

/// <summary>Words the refusal of a write that is based on an old version.</summary>
internal static class GrainStorageConflict
{
    public static InconsistentStateException Of(string stateName, GrainId grainId, string? stored, string? held) => new(
        $"State '{stateName}' of {grainId} was not written: the store holds version {stored ?? "none"}, this activation had read version {held ?? "none"}. Somebody else wrote it in between.",
        stored,
        held);
}
