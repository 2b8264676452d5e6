namespace ClosedLoop.Grains.Embedded;

/// <inheritdoc cref="IStorage"/>
public interface IStorage<TState> : IStorage
{
    /// <summary>The value in memory; a new instance when nothing is stored.</summary>
    TState State { get; set; }
}
