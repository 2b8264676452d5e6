namespace ClosedLoop.Grains.Embedded;

/// <summary>Why an activation ends.</summary>
public enum DeactivationReasonCode
{
    None,

    /// <summary>The process drains.</summary>
    ShuttingDown,

    /// <summary>Constructor, state or <see cref="Grain.OnActivateAsync"/> failed.</summary>
    ActivationFailed,

    /// <summary>Not used for the collection age.</summary>
    ActivationIdle,

    /// <summary>A call ended with a storage conflict, so the memory is out of date.</summary>
    ApplicationError,

    /// <summary>The grain asked for it.</summary>
    ApplicationRequested,
}
