namespace ClosedLoop.Grains.Embedded;

/// <summary>A call with a result.</summary>
/// <typeparam name="TResult">Type of the result.</typeparam>
public abstract class GrainResultCall<TResult> : GrainCall
{
    // As in GrainVoidCall: the caller's code must not run on the called activation's thread.
    private readonly TaskCompletionSource<TResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task<TResult> AnswerTask => _answer.Task;

    internal override bool IsAnswered => _answer.Task.IsCompleted;

    internal override bool Answer(Task outcome) => outcome.Status switch
    {
        TaskStatus.RanToCompletion => _answer.TrySetResult(((Task<TResult>)outcome).Result),
        TaskStatus.Canceled => _answer.TrySetFromTask((Task<TResult>)outcome),
        _ => _answer.TrySetException(outcome.Exception!.InnerExceptions),
    };

    internal override bool Fail(Exception exception) => _answer.TrySetException(exception);
}
