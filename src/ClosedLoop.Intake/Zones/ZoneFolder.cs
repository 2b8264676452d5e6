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

    /// <summary>Test data (section 15); there when the client has a test folder.</summary>
    InTest,

    /// <summary>Server-internal: claimed test data. A folder of its own, so that a file between claim and register cannot be taken for real.</summary>
    ProcessingTest,
}
