namespace ClosedLoop.Grains.Embedded;

/// <summary>
/// Runs the tasks of one activation one after another on pool threads. What grain code awaits continues here too, because an await
/// captures the current scheduler; so grain code needs no locks.
/// </summary>
internal sealed class ActivationScheduler : TaskScheduler, IThreadPoolWorkItem
{
    /// <summary>Tasks run in a row before other activations get the thread.</summary>
    private const int TasksPerSlice = 64;

    [ThreadStatic]
    private static ActivationScheduler? _executing;

    private readonly Queue<Task> _tasks = new();
    private bool _scheduled;

    public override int MaximumConcurrencyLevel => 1;

    void IThreadPoolWorkItem.Execute()
    {
        _executing = this;
        var clean = ExecutionContext.Capture();
        try
        {
            for (var done = 0; done < TasksPerSlice; done++)
            {
                Task? task;
                lock (_tasks)
                {
                    if (!_tasks.TryDequeue(out task))
                    {
                        _scheduled = false;
                        return;
                    }
                }

                TryExecuteTask(task);

                // Tasks made without a captured context write their async-locals into the thread's own; the next task must not see them.
                if (clean is not null)
                    ExecutionContext.Restore(clean);
            }
        }
        finally
        {
            _executing = null;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Starts an action as a task of this scheduler, without the async-locals of the present code.</summary>
    public void Start(Action<object?> action, object? state)
    {
        Task task;
        if (ExecutionContext.IsFlowSuppressed())
        {
            task = new Task(action, state);
        }
        else
        {
            using (ExecutionContext.SuppressFlow())
                task = new Task(action, state);
        }

        task.Start(this);
    }

    protected override void QueueTask(Task task)
    {
        lock (_tasks)
        {
            _tasks.Enqueue(task);
            if (_scheduled)
                return;
            _scheduled = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    // Only code that already runs here may run a further task in place; anybody else would break the exclusion.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        ReferenceEquals(_executing, this) && !taskWasPreviouslyQueued && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_tasks)
            return [.. _tasks];
    }
}
