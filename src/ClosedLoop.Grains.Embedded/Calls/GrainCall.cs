namespace ClosedLoop.Grains.Embedded;

/// <summary>
/// One call on its way to an activation. The generated subclass of a grain method holds the arguments and calls the method, so
/// nothing is looked up by reflection when a call is made.
/// </summary>
/// <remarks>Public only because generated classes live in another assembly.</remarks>
public abstract class GrainCall
{
    private static readonly AsyncLocal<GrainCall?> CurrentCall = new();

    /// <summary>
    /// The call whose turns the present code belongs to; null outside grains, and in work that a call started and left behind.
    /// </summary>
    internal static GrainCall? Current => CurrentCall.Value is { IsOver: false } call ? call : null;

    internal GrainMethod Method { get; set; } = null!;

    internal GrainId Target { get; set; }

    internal GrainActivation? Activation { get; set; }

    /// <summary>Whether the grain has done with it.</summary>
    internal bool IsOver { get; set; }

    /// <summary>The call that made this one, while that is still running.</summary>
    internal GrainCall? Caller { get; set; }

    /// <summary>The waiting call that closes a circle this call is part of; the time-out of any of them names it.</summary>
    internal GrainCall? Circle { get; set; }

    /// <summary>Time stamp of the moment the call was made.</summary>
    internal long MadeAt { get; set; }

    /// <summary>Whether the caller already has its answer (a time-out, or it does not wait).</summary>
    internal abstract bool IsAnswered { get; }

    /// <summary>Whether a time-out applies: somebody waits for the answer.</summary>
    internal virtual bool HasTimeout => !Method.OneWay;

    /// <summary>Whether the call resets the idle age of the activation.</summary>
    internal virtual bool CountsAsUse => true;

    /// <summary>Calls the grain's method. Runs on the activation's scheduler.</summary>
    protected internal abstract Task Invoke(object grain);

    /// <summary>Gives the caller the answer; false when it already had one.</summary>
    internal abstract bool Answer(Task outcome);

    /// <summary>Gives the caller an exception instead of an answer; false when it already had one.</summary>
    internal abstract bool Fail(Exception exception);

    /// <summary>
    /// Makes this the call that further calls come from. Only inside the task of the call: the scheduler restores the execution
    /// context after every task, so it cannot leak into the next one.
    /// </summary>
    internal void MakeCurrent() => CurrentCall.Value = this;

    /// <summary>First turn of the call.</summary>
    internal void Execute()
    {
        MakeCurrent();
        Task outcome;
        try
        {
            outcome = Invoke(Activation!.GrainInstance)
                ?? Task.FromException(new InvalidOperationException($"{Method.Name} of {Target} returned null instead of a task."));
        }
#pragma warning disable CA1031 // whatever the grain throws belongs to its caller
        catch (Exception exception)
#pragma warning restore CA1031
        {
            outcome = Task.FromException(exception);
        }

        if (outcome.IsCompleted)
            Activation!.Complete(this, outcome);
        else
            _ = CompleteLaterAsync(outcome);
    }

    private async Task CompleteLaterAsync(Task outcome)
    {
        await outcome.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Activation!.Complete(this, outcome);
    }
}
