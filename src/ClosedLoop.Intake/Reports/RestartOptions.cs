namespace ClosedLoop.Intake.Reports;

/// <summary>Which operator commands a failed file allows (closed-loop spec section 6).</summary>
public enum RestartOptions
{
    /// <summary>Nothing was imported.</summary>
    FailedImport,

    /// <summary>Recipients are imported already, so another file cannot take the place.</summary>
    FailedStart,
}
