namespace ClosedLoop.Grains.Embedded;

/// <inheritdoc cref="GrainStateBinding"/>
internal sealed class GrainStateBinding<TState>(string stateName, string storageName, Type parameterType, IGrainStorage storage)
    : GrainStateBinding(stateName, storageName, parameterType)
{
    public override IStorage Create(GrainActivation activation) => new PersistentState<TState>(StateName, activation.Id, storage);
}
