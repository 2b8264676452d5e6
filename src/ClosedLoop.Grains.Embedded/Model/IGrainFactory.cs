namespace ClosedLoop.Grains.Embedded;

/// <summary>Gives references to grains. A reference always exists; the grain is activated by the first call.</summary>
public interface IGrainFactory
{
    /// <summary>A reference to the grain of the one class that implements <typeparamref name="TGrainInterface"/>.</summary>
    /// <param name="primaryKey">The grain's key, not empty.</param>
    /// <param name="grainClassNamePrefix">Start of the full name of the wanted class, where several implement the interface.</param>
    /// <exception cref="ArgumentException">No class, or more than one, fits.</exception>
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey;
}
