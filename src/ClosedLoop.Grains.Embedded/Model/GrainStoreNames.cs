namespace ClosedLoop.Grains.Embedded;

/// <summary>Store names with a meaning of their own.</summary>
public static class GrainStoreNames
{
    /// <summary>The store of states that name none.</summary>
    public const string Default = "Default";
}
