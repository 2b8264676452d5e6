namespace ClosedLoop.Intake.Zones;

/// <summary>Folders of a zone (closed-loop spec section 3).</summary>
public enum ZoneFolder
{
    In,

    /// <summary>Product files.</summary>
    Products,

    /// <summary>Response files.</summary>
    Out,

    /// <summary>Server-internal: claimed files.</summary>
    Processing,

    Error,
    Log,

    /// <summary>Server-internal: files that are done with.</summary>
    Archive,
}
