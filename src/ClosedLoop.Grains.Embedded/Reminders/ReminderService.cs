namespace ClosedLoop.Grains.Embedded;

/// <summary>Keeps the schedule of all reminders in memory and calls the grains when they are due.</summary>
internal sealed class ReminderService : IDisposable
{
    /// <summary>Longest sleep: a wall clock that was set shows in the ticks after this time at the latest.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly GrainEngine _engine;
    private readonly IReminderTable _table;
    private readonly Dictionary<(GrainId GrainId, string Name), ScheduledReminder> _reminders = [];
    private readonly PriorityQueue<ScheduledReminder, DateTime> _due = new();
    private readonly SemaphoreSlim _concurrency;
    private readonly ITimer _timer;
    private bool _running;

    public ReminderService(GrainEngine engine, IReminderTable table)
    {
        _engine = engine;
        _table = table;
        _concurrency = new SemaphoreSlim(engine.Options.ConcurrentReminderTicks);
        _timer = engine.Time.CreateTimer(static state => ((ReminderService)state!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private DateTime Now => _engine.Time.GetUtcNow().UtcDateTime;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _table.InitializeAsync(cancellationToken);
        var entries = await _table.ReadAllAsync(cancellationToken);
        lock (_gate)
        {
            var now = Now;
            foreach (var entry in entries)
            {
                if (!_engine.Registry.TryGet(entry.GrainId.Type, out _))
                {
                    _engine.LogOrphanReminder(entry.GrainId, entry.Name);
                    continue;
                }

                // The table does not say which tick was the last, so one that may have been missed while the process was down is made up for.
                var reminder = new ScheduledReminder(entry);
                _reminders[(entry.GrainId, entry.Name)] = reminder;
                _due.Enqueue(reminder, entry.StartAt < now ? now : entry.StartAt);
            }

            _running = true;
            SetTimer();
        }
    }

    public void Stop()
    {
        lock (_gate)
        {
            _running = false;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _concurrency.Dispose();
    }

    public async Task<IGrainReminder> RegisterAsync(GrainId grainId, string name, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        var minimum = _engine.Options.MinimumReminderPeriod;
        if (period < minimum)
        {
            throw new ArgumentException(
                $"Reminder '{name}' of {grainId} was asked to tick every {period}, expected at least {minimum} (MinimumReminderPeriod). Use a grain timer for shorter periods.",
                nameof(period));
        }

        var start = Now + dueTime;
        var entry = new ReminderEntry(
            grainId,
            name,
            new DateTime(start.Ticks - (start.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc),
            TimeSpan.FromMilliseconds((long)period.TotalMilliseconds));
        await _table.UpsertAsync(entry, CancellationToken.None);
        lock (_gate)
        {
            var reminder = new ScheduledReminder(entry);
            _reminders[(grainId, name)] = reminder;
            _due.Enqueue(reminder, entry.StartAt);
            SetTimer();
        }

        return new GrainReminder(name);
    }

    public async Task UnregisterAsync(GrainId grainId, string name)
    {
        await _table.RemoveAsync(grainId, name, CancellationToken.None);
        lock (_gate)
            _reminders.Remove((grainId, name));
    }

    public Task<IGrainReminder?> GetAsync(GrainId grainId, string name)
    {
        lock (_gate)
            return Task.FromResult<IGrainReminder?>(_reminders.ContainsKey((grainId, name)) ? new GrainReminder(name) : null);
    }

    public Task<List<IGrainReminder>> GetAllAsync(GrainId grainId)
    {
        lock (_gate)
            return Task.FromResult(_reminders.Keys.Where(key => key.GrainId == grainId).Select(IGrainReminder (key) => new GrainReminder(key.Name)).ToList());
    }

    private void Wake()
    {
        lock (_gate)
        {
            if (!_running)
                return;
            var now = Now;
            while (_due.TryPeek(out var reminder, out var time) && time <= now)
            {
                _due.Dequeue();
                if (IsCurrent(reminder))
                    _ = TickAsync(reminder, now);
            }

            SetTimer();
        }
    }

    private async Task TickAsync(ScheduledReminder reminder, DateTime dueAt)
    {
        var entry = reminder.Entry;

        // Off the timer's thread, and not too many at once: after a restart every reminder that was due meanwhile ticks together.
        await _concurrency.WaitAsync().ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            if (IsCurrent(reminder))
            {
                await _engine.GetReference<IRemindable>(entry.GrainId)
                    .ReceiveReminder(entry.Name, new TickStatus(entry.StartAt, entry.Period, Now));
            }
        }
#pragma warning disable CA1031 // the next tick tries again
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _engine.LogReminderFailed(entry.GrainId, entry.Name, exception);
        }
        finally
        {
            _concurrency.Release();
        }

        lock (_gate)
        {
            // The next tick is set when this one has ended: a slow grain gets fewer ticks, not a queue of them.
            _due.Enqueue(reminder, reminder.NextAfter(Now > dueAt ? Now : dueAt));
            SetTimer();
        }
    }

    private bool IsCurrent(ScheduledReminder reminder)
    {
        lock (_gate)
            return _running && _reminders.TryGetValue((reminder.Entry.GrainId, reminder.Entry.Name), out var current) && ReferenceEquals(current, reminder);
    }

    private void SetTimer()
    {
        while (_due.TryPeek(out var reminder, out _) && !(_reminders.TryGetValue((reminder.Entry.GrainId, reminder.Entry.Name), out var current) && ReferenceEquals(current, reminder)))
            _due.Dequeue();
        if (!_running || !_due.TryPeek(out _, out var next))
            return;
        var wait = next - Now;
        _timer.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestSleep ? wait : LongestSleep, Timeout.InfiniteTimeSpan);
    }
}
