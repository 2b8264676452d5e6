namespace ClosedLoop.Scenarios.Cluster;

/// <summary>Where an order's silo is when it is frozen.</summary>
public enum OrderMoment
{
    /// <summary>The list's rows go into the account's database.</summary>
    Upload,

    /// <summary>The mailing's recipients are written, by COPY.</summary>
    Mailing,
}
