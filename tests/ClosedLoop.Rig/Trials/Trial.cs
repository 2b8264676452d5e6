using ClosedLoop.Model.Testing;

namespace ClosedLoop.Rig.Trials;

/// <summary>One run: what is done to the service, and under which policy.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Seed">Decides everything that is random.</param>
/// <param name="Policy"><c>mail.unknown</c>.</param>
/// <param name="Point">The point of a run of kind <see cref="TrialKind.Point"/>.</param>
/// <param name="Nth">At which of its occurrences.</param>
internal sealed record Trial(TrialKind Kind, int Seed, string Policy, KillPoint Point = default, int Nth = 0)
{
    /// <summary>Line of the table it counts for.</summary>
    public string Group => Kind == TrialKind.Point ? FormattableString.Invariant($"point {(int)Point} {Point}") : Kind switch
    {
        TrialKind.Random => "random kill",
        TrialKind.Freeze => "frozen",
        TrialKind.Cut => "network cut",
        TrialKind.Database => "database away",
        TrialKind.Silos => "silos killed",
        _ => "disk full",
    };

    /// <summary>Told whether the trouble struck, so that the stepping of a point knows when it is over.</summary>
    public Action<bool>? Struck { get; init; }

    public override string ToString() => Kind == TrialKind.Point ? $"{Group}:{Nth} {Policy}" : $"{Group} {Policy} seed {Seed}";
}
