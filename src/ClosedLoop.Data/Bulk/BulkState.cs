namespace ClosedLoop.Data.Bulk;

/// <summary>How far a job is.</summary>
public enum BulkState
{
    Running = 0,
    Finished = 1,

    /// <summary>An operator ended it; what was not begun stays as it is.</summary>
    Stopped = 2,
}
