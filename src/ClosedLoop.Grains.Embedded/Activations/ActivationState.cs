namespace ClosedLoop.Grains.Embedded;

/// <summary>Stations of an activation's life.</summary>
internal enum ActivationState
{
    /// <summary>Nothing was asked of it yet.</summary>
    New,

    /// <summary>Constructor, states and OnActivateAsync.</summary>
    Activating,

    /// <summary>Takes calls.</summary>
    Active,

    /// <summary>OnDeactivateAsync; calls wait for the successor.</summary>
    Deactivating,

    /// <summary>Over; calls go to a new activation.</summary>
    Gone,
}
