namespace ClosedLoop.Grains.Embedded;

/// <summary>Binds a constructor parameter of type <see cref="IPersistentState{TState}"/> to a named record in a named store.</summary>
/// <param name="stateName">
/// Name of the record. The table tells records apart by this name and the grain's key only, so two grain classes on one store must not share it.
/// </param>
/// <param name="storageName">Name of the store; null is <see cref="GrainStoreNames.Default"/>.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
{
    public string StateName { get; } = stateName;

    public string? StorageName { get; } = storageName;
}
