using System.Collections.Concurrent;

namespace ClosedLoop.Optimove.Double;

/// <summary>Everything the double knows, and its switches.</summary>
public sealed class DoubleState
{
    public Lock Lock { get; } = new();

    public ConcurrentDictionary<string, KeyRole> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the older login is served beside the keys.</summary>
    public bool LegacyLogin { get; set; }

    /// <summary>Users of the older login, by name.</summary>
    public ConcurrentDictionary<string, DoubleUser> Users { get; } = new(StringComparer.Ordinal);

    /// <summary>Status of a login with a wrong password; 500 is what was seen.</summary>
    public int LoginFailure { get; set; } = 500;

    public List<DoubleListener> Listeners { get; } = [];

    public Dictionary<int, SortedDictionary<int, string>> Templates { get; } = [];

    public ConcurrentDictionary<string, ConcurrentDictionary<string, string>> Customers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public ConcurrentDictionary<string, byte> Fields { get; } = new(StringComparer.OrdinalIgnoreCase);

    public ConcurrentDictionary<string, byte> LockedFields { get; } = new(StringComparer.OrdinalIgnoreCase);

    public ConcurrentDictionary<(string Campaign, int Channel), DoubleCampaign> Campaigns { get; } = new();

    public ConcurrentDictionary<string, DateTimeOffset> Cancelled { get; } = new(StringComparer.OrdinalIgnoreCase);

    public List<DoubleCall> Calls { get; } = [];

    public List<DoubleFault> Faults { get; } = [];

    public DoubleQuirks Quirks { get; set; } = new();

    /// <summary>Requests in any ten seconds of a key.</summary>
    public int RateLimit { get; set; } = 50;

    /// <summary>Seconds that 429 asks for; 0 says nothing.</summary>
    public int RetryAfter { get; set; }

    /// <summary>Most rows of a page, whatever was asked for.</summary>
    public int PageCap { get; set; } = 10_000;

    /// <summary>A listener is added beside one at the same event and channel, instead of taking its place.</summary>
    public bool AppendListeners { get; set; }

    /// <summary>Milliseconds until an attribute's call back.</summary>
    public int CallbackDelay { get; set; } = 200;

    /// <summary>How often a call back comes: 0, 1 or 2.</summary>
    public int Callbacks { get; set; } = 1;

    /// <summary>Token that signs engagement events.</summary>
    public string EngagementToken { get; set; } = "engagement-token";

    /// <summary>The double's clock is ahead by this much.</summary>
    public TimeSpan ClockOffset { get; set; }

    public DateTimeOffset Now => DateTimeOffset.UtcNow + ClockOffset;

    /// <summary>Most requests that a key made in any ten seconds.</summary>
    public int Busiest { get; set; }

    internal Dictionary<string, (string User, DateTimeOffset LastCall)> Tokens { get; } = new(StringComparer.Ordinal);

    internal DateTimeOffset LastLogin { get; set; }

    internal Dictionary<string, Queue<long>> Windows { get; } = new(StringComparer.Ordinal);

    /// <summary>Tokens given out so far.</summary>
    public IReadOnlyList<string> TokensNow()
    {
        lock (Lock) return [.. Tokens.Keys];
    }

    /// <summary>No token is known any more, as after a restart of Optimove.</summary>
    public void ForgetTokens()
    {
        lock (Lock) Tokens.Clear();
    }

    /// <summary>Bodies of a function's calls that were answered with success, in order.</summary>
    public IReadOnlyList<string> Bodies(string function)
    {
        lock (Lock) return [.. Calls.Where(call => call.Function.Equals(function, StringComparison.OrdinalIgnoreCase) && call.Status is >= 200 and < 300).Select(call => call.Body)];
    }

    public IReadOnlyList<DoubleCall> CallsOf(string function)
    {
        lock (Lock) return [.. Calls.Where(call => call.Function.Equals(function, StringComparison.OrdinalIgnoreCase))];
    }

    public IReadOnlyList<DoubleListener> ListenersNow()
    {
        lock (Lock) return [.. Listeners];
    }

    public void AddFault(DoubleFault fault)
    {
        lock (Lock) Faults.Add(fault);
    }

    public void Reset()
    {
        lock (Lock)
        {
            Keys.Clear();
            Listeners.Clear();
            Templates.Clear();
            Customers.Clear();
            Fields.Clear();
            LockedFields.Clear();
            Campaigns.Clear();
            Cancelled.Clear();
            Calls.Clear();
            Faults.Clear();
            Windows.Clear();
            Users.Clear();
            Tokens.Clear();
            Quirks = new DoubleQuirks();
            (LegacyLogin, LoginFailure, LastLogin) = (false, 500, default);
            (RateLimit, RetryAfter, PageCap, Busiest, Callbacks) = (50, 0, 10_000, 0, 1);
        }
    }
}
