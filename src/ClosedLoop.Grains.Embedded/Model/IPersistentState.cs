namespace ClosedLoop.Grains.Embedded;

/// <summary>A grain's named state, injected by <see cref="PersistentStateAttribute"/> and read before <see cref="Grain.OnActivateAsync"/>.</summary>
public interface IPersistentState<TState> : IStorage<TState>;
