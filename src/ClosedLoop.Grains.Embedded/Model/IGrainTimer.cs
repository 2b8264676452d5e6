namespace ClosedLoop.Grains.Embedded;

/// <summary>A timer of one activation; it ends with the activation.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Sets both times anew, counted from now. Within a tick it takes effect when the tick has ended.</summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}
