namespace ClosedLoop.Operations.Ports;

/// <summary>What raises alarms here.</summary>
public interface IAlertRules
{
    /// <summary>Seconds between two looks.</summary>
    double IntervalSeconds { get; }

    IReadOnlyList<AlertRule> All();
}
