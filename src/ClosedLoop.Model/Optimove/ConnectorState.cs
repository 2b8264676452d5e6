namespace ClosedLoop.Model.Optimove;

/// <summary>Where a connector stands (optimove spec section 10.1). The names are stored.</summary>
public enum ConnectorState
{
    Draft,
    Verifying,
    Registering,
    Syncing,
    Active,

    /// <summary>Works, but some listeners could not be registered; tried again.</summary>
    ActiveDegraded,

    /// <summary>Optimove does not know the key; nothing is asked until a new one is saved.</summary>
    AuthError,

    /// <summary>The key may not register listeners.</summary>
    PermissionError,

    Inactive,
}
