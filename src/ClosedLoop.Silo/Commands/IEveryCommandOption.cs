namespace ClosedLoop.Silo.Commands;

/// <summary>Marks an <see cref="EveryCommandOption{T}"/>, whatever it holds.</summary>
internal interface IEveryCommandOption;
