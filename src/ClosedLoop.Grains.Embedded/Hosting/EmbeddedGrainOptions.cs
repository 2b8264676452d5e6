using System.Data.Common;
using System.Reflection;

namespace ClosedLoop.Grains.Embedded;

/// <summary>Settings of the engine, made once at start.</summary>
public sealed class EmbeddedGrainOptions
{
    /// <summary>Name of the service in every stored row. Another name sees none of the rows.</summary>
    public string ServiceId { get; set; } = "default";

    /// <summary>How long a caller waits for the answer of a call. Its outcome is unknown afterwards.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an activation may stay unused; a class may set its own by <see cref="CollectionAgeLimitAttribute"/>.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often unused activations are looked for.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long OnDeactivateAsync of one grain may take before the activation ends without it.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the end of the process waits for running calls and deactivations.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>Shortest period of a reminder: each tick is a call and may activate a grain.</summary>
    public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Reminder ticks under way at once.</summary>
    public int ConcurrentReminderTicks { get; set; } = 64;

    /// <summary>Makes sure that no other process works on the same database; null leaves it unchecked (states in memory).</summary>
    public IExclusiveOwner? Owner { get; set; }

    internal List<Assembly> Assemblies { get; } = [];

    internal Dictionary<string, Func<IServiceProvider, IGrainStorage>> Storages { get; } = [];

    internal Func<IServiceProvider, IReminderTable> ReminderTable { get; private set; } = static _ => new MemoryReminderTable();

    /// <summary>Grain classes are looked for in the assembly.</summary>
    public EmbeddedGrainOptions AddAssembly(Assembly assembly)
    {
        Assemblies.Add(assembly);
        return this;
    }

    /// <summary>Sets the store of that name.</summary>
    public EmbeddedGrainOptions AddStorage(string name, Func<IServiceProvider, IGrainStorage> storage)
    {
        Storages[name] = storage;
        return this;
    }

    public EmbeddedGrainOptions UseReminders(Func<IServiceProvider, IReminderTable> table)
    {
        ReminderTable = table;
        return this;
    }

    /// <summary>States of the default store and reminders in memory.</summary>
    public EmbeddedGrainOptions UseMemory()
    {
        var storage = new MemoryGrainStorage();
        return AddStorage(GrainStoreNames.Default, _ => storage);
    }

    /// <summary>States of the default store and reminders in a database. Set <see cref="ServiceId"/> before.</summary>
    public EmbeddedGrainOptions UseAdoNet(DbDataSource source, GrainSqlDialect dialect, IGrainStateSerializer? serializer = null)
    {
        AddStorage(GrainStoreNames.Default, _ => new AdoNetGrainStorage(source, dialect, ServiceId, serializer));
        return UseReminders(_ => new AdoNetReminderTable(source, dialect, ServiceId));
    }

    internal void Validate()
    {
        var faults = new List<string>();
        if (string.IsNullOrWhiteSpace(ServiceId))
            faults.Add("ServiceId is empty");
        if (Assemblies.Count == 0)
            faults.Add("no assembly with grain classes was added");
        if (ConcurrentReminderTicks < 1)
            faults.Add($"ConcurrentReminderTicks is {ConcurrentReminderTicks}, expected at least 1");
        foreach (var (name, time) in new[]
        {
            (nameof(ResponseTimeout), ResponseTimeout), (nameof(CollectionAge), CollectionAge), (nameof(CollectionQuantum), CollectionQuantum),
            (nameof(DeactivationTimeout), DeactivationTimeout), (nameof(DrainTimeout), DrainTimeout), (nameof(MinimumReminderPeriod), MinimumReminderPeriod),
        })
        {
            if (time <= TimeSpan.Zero)
                faults.Add($"{name} is {time}, expected a positive time");
        }

        if (faults.Count > 0)
            throw new InvalidOperationException($"The embedded grain engine's options are wrong: {string.Join("; ", faults)}.");
    }
}
