using ClosedLoop.Data.Optimove;
using ClosedLoop.Optimove.Api;

namespace ClosedLoop.Optimove.Execution;

/// <summary>
/// Reads attributes that a trigger lacks (optimove spec sections 4.1 and 8.2). A trigger is of use for seconds: the answer has so long and no longer, other triggers do not wait for it, and two thirds of the
/// requests a key has are the most that goes into this, so that campaigns are read on.
/// </summary>
internal sealed class AttributeReads(ConnectorStore connectors, ConnectorLog log, TimeProvider time)
{
    /// <summary>Customers asked for at the same time; a crowd behind them would be too late anyway. Less than calls are worked on together, so that those which wait never stop the others.</summary>
    public const int MostAtOnce = 40;

    private const string Call = "GetCustomerAttributes";
    private const int MostKept = 10_000;

    private static readonly TimeSpan Stretch = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(60);

    /// <summary>Long enough for the trigger that asked to be looked at again.</summary>
    private static readonly TimeSpan FailureKept = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, (Task<IReadOnlyDictionary<string, string>?> Work, long StartedAt)> _reads = new(StringComparer.Ordinal);
    private readonly Queue<long> _starts = new();
    private readonly Lock _telling = new();
    private long? _toldAt;

    /// <summary>Called when an answer is there, or will not come.</summary>
    public Action Arrived { get; set; } = static () => { };

    /// <summary>Attributes of a customer, asked for where they are not known. For one caller at a time.</summary>
    public AttributeRead Of(ConnectorSession session, string customer, CancellationToken stopping)
    {
        if (session.Lacks(Call)) return AttributeRead.Failed;
        if (_reads.TryGetValue(customer, out var read))
        {
            if (!read.Work.IsCompleted) return AttributeRead.Pending;
            var values = read.Work.Result;
            if (time.GetElapsedTime(read.StartedAt) < (values is null ? FailureKept : Fresh)) return new AttributeRead(IsPending: false, values);
            _reads.Remove(customer);
        }

        if (_reads.Count >= MostKept) Forget();
        if (!MayStart(session))
        {
            Tell(session, "more are missing than the rate limit lets us ask for");
            return AttributeRead.Failed;
        }

        var work = Task.Run(() => ReadAsync(session, customer, stopping), CancellationToken.None);
        _reads[customer] = (work, time.GetTimestamp());
        _ = work.ContinueWith(_ => Arrived(), TaskScheduler.Default);
        return AttributeRead.Pending;
    }

    /// <summary>Where the rate limit does not permit it, nobody waits: the message goes, or does not, at once.</summary>
    private bool MayStart(ConnectorSession session)
    {
        var now = time.GetTimestamp();
        while (_starts.TryPeek(out var oldest) && time.GetElapsedTime(oldest, now) >= Stretch) _starts.Dequeue();
        if (_starts.Count >= ConnectorSession.LookupsOf(session.Definition.RequestsPerTenSeconds) || _reads.Values.Count(read => !read.Work.IsCompleted) >= MostAtOnce) return false;
        _starts.Enqueue(now);
        return true;
    }

    private async Task<IReadOnlyDictionary<string, string>?> ReadAsync(ConnectorSession session, string customer, CancellationToken stopping)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping, patience.Token);
        try
        {
            var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var field in await session.LookupApi.GetCustomerAttributesAsync(customer, limit.Token))
            {
                if (field.Value is { } value) values[field.RealFieldName] = value;
            }

            return values;
        }
        catch (OptimoveException e)
        {
            if (e.Fault == OptimoveFault.Permission)
            {
                log.NotAllowed(session.Client.Value.Key, Call);
                await connectors.LacksAsync(session.ClientId, Call);
            }
            else
            {
                Tell(session, e.Message);
            }

            return null;
        }
        catch (OperationCanceledException)
        {
            Tell(session, FormattableString.Invariant($"no answer within {Patience.TotalSeconds} s, waiting for the rate limit included"));
            return null;
        }
    }

    private void Forget()
    {
        foreach (var (customer, read) in _reads.Where(pair => pair.Value.Work.IsCompleted).OrderBy(pair => pair.Value.StartedAt).Take(MostKept / 2).ToList()) _reads.Remove(customer);
    }

    /// <summary>Said once a minute: triggers come by the thousand.</summary>
    private void Tell(ConnectorSession session, string cause)
    {
        lock (_telling)
        {
            var now = time.GetTimestamp();
            if (_toldAt is { } last && time.GetElapsedTime(last, now) < TimeSpan.FromMinutes(1)) return;
            _toldAt = now;
        }

        log.AttributesNotRead(session.Client.Value.Key, cause);
    }
}
