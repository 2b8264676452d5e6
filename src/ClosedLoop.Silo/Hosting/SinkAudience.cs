using ClosedLoop.Mail.Sink;

namespace ClosedLoop.Silo.Hosting;

/// <summary>Who hears of each message the built-in sink takes; nobody unless the demonstration listens.</summary>
public sealed class SinkAudience
{
    public Func<SinkMessage, ValueTask>? Received { get; init; }
}
