namespace ClosedLoop.Grains.Embedded;

/// <summary>A call without a result.</summary>
public abstract class GrainVoidCall : GrainCall
{
    // Continuations must not run inside Answer: that is a thread of the called activation, and the caller is somebody else.
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task AnswerTask => _answer.Task;

    internal override bool IsAnswered => _answer.Task.IsCompleted;

    internal override bool Answer(Task outcome) => outcome.Status switch
    {
        TaskStatus.RanToCompletion => _answer.TrySetResult(),
        TaskStatus.Canceled => _answer.TrySetFromTask(outcome),
        _ => _answer.TrySetException(outcome.Exception!.InnerExceptions),
    };

    internal override bool Fail(Exception exception) => _answer.TrySetException(exception);
}
