using System.Collections.Concurrent;
using ClosedLoop.Mail.Sink;

namespace ClosedLoop.Delivery.Tests.Sending.Lanes;

/// <summary>A relay whose mood a test sets; it counts how often each recipient was named to it.</summary>
internal sealed class MoodyRelay(Func<string, SinkRule?> mood) : ISinkScript
{
    private readonly ConcurrentDictionary<string, int> _attempts = new(StringComparer.Ordinal);

    public int Attempts => _attempts.Values.Sum();

    public int AttemptsAt(string domain) => _attempts.Where(pair => pair.Key.EndsWith("@" + domain, StringComparison.Ordinal)).Sum(pair => pair.Value);

    public SinkRule? For(string recipient)
    {
        _attempts.AddOrUpdate(recipient, 1, (_, count) => count + 1);
        return mood(recipient);
    }
}
