using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Grains.Embedded;

/// <summary>
/// The embedded grain engine: one process, at most one activation per grain. It has no cluster code on purpose; several machines are
/// what Orleans is for, and grain code is the same there.
/// </summary>
public sealed partial class GrainEngine : IGrainFactory, IAsyncDisposable, IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "ClosedLoop.Grains.Embedded";

    private readonly IServiceProvider _services;
    private readonly ILogger<GrainEngine> _logger;
    private readonly ConcurrentDictionary<GrainId, GrainActivation> _catalogue = new();
    private readonly ConcurrentDictionary<Type, GrainProxyFactory> _proxies = new();
    private readonly Dictionary<string, IGrainStorage> _storages = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly GrainMeter _meter;

    public GrainEngine(EmbeddedGrainOptions options, IServiceProvider services, TimeProvider time, ILogger<GrainEngine> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Options = options;
        _services = services;
        Time = time;
        _logger = logger;
        foreach (var (name, create) in options.Storages)
            _storages[name] = create(services);
        Registry = new GrainRegistry(options.Assemblies, this);
        Reminders = new ReminderService(this, options.ReminderTable(services));
        _meter = new GrainMeter(this);
        Stopping = _stopping.Token;
    }

    internal EmbeddedGrainOptions Options { get; }

    internal TimeProvider Time { get; }

    internal GrainRegistry Registry { get; }

    internal ReminderService Reminders { get; }

    /// <summary>Cancelled when the engine has no more patience.</summary>
    internal CancellationToken Stopping { get; }

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrEmpty(primaryKey);
        var grainClass = Registry.Implementing(typeof(TGrainInterface), grainClassNamePrefix);
        return GetReference<TGrainInterface>(new GrainId(grainClass.Name, primaryKey));
    }

    /// <summary>Counts since the start, for a dashboard.</summary>
    public GrainEngineStatistics Snapshot() => new(
        [.. Registry.Classes.Select(one => one.Snapshot())],
        [
            .. _proxies.Values.SelectMany(proxy => proxy.Methods).Concat(Registry.Classes.SelectMany(one => new[] { one.Tick, one.InterleavingTick }))
                .Select(method => method.Snapshot(Time.TimestampFrequency)).Where(method => method.Calls > 0),
        ],
        _catalogue.Count);

    internal TGrainInterface GetReference<TGrainInterface>(GrainId id)
        where TGrainInterface : IGrain =>
        (TGrainInterface)(object)_proxies
            .GetOrAdd(typeof(TGrainInterface), static (type, engine) => new GrainProxyFactory(engine, type), this).Create(id);

    internal IGrainStorage StorageNamed(string name, Type grainClass) => _storages.TryGetValue(name, out var storage)
        ? storage
        : throw new InvalidOperationException(
            $"{grainClass.FullName} keeps a state in store '{name}', but the engine's options have: {string.Join(", ", _storages.Keys)}.");

    internal IServiceScope CreateScope() => _services.CreateScope();

    internal void Count(GrainCall call, long elapsedTicks, bool failed)
    {
        call.Method.Count(elapsedTicks, failed);
        _meter.Record(call.Method.Name, elapsedTicks / (double)Time.TimestampFrequency, failed);
    }
}
