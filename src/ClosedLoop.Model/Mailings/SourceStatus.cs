namespace ClosedLoop.Model.Mailings;

/// <summary>Status of a source mailing. Only the first two can be copied (closed-loop spec section 7, E304).</summary>
public enum SourceStatus
{
    New,
    ActivationRequired,
    Activated,
    Paused,
    Running,
    Finished,
    Canceled,
}
