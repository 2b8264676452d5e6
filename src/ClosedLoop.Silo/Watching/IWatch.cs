namespace ClosedLoop.Silo.Watching;

/// <summary>One thing that must not stand still unnoticed.</summary>
internal interface IWatch
{
    /// <summary>Under which its alarms are kept.</summary>
    string Scope { get; }

    /// <summary>One look.</summary>
    /// <param name="now">Microseconds.</param>
    Task<WatchLook> LookAsync(long now);
}
