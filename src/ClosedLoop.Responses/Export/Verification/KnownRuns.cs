using ClosedLoop.Responses.Export.Manifests;

namespace ClosedLoop.Responses.Export.Verification;

/// <summary>Keys of the runs before, as far as they were fetched: only when all of them are there since the first can a key be said to be missing.</summary>
internal sealed class KnownRuns
{
    private DateTimeOffset? _to;
    private bool _whole;

    public HashSet<long> Mailings { get; } = [];

    public HashSet<long> Recipients { get; } = [];

    /// <summary>Goes on to the next run.</summary>
    /// <returns>Whether it and all before it are there.</returns>
    public bool Follow(ManifestDocument manifest)
    {
        _whole = manifest.From is null || (_whole && manifest.From == _to);
        _to = manifest.To;
        return _whole;
    }
}
