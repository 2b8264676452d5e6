namespace ClosedLoop.Silo.Telemetry;

/// <summary>Who may read <c>/metrics</c>.</summary>
public enum MetricsAudience
{
    /// <summary>Nobody, and nothing is counted.</summary>
    Off,

    /// <summary>Whoever asks from this machine.</summary>
    Local,

    /// <summary>Whoever reaches the listener.</summary>
    All,
}
