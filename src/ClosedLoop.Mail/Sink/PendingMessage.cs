using System.Threading.Tasks.Sources;

namespace ClosedLoop.Mail.Sink;

/// <summary>A message on its way into the ledger. Each session has one and uses it again; its task completes when the disk has the line.</summary>
internal sealed class PendingMessage : IValueTaskSource<SinkRecord>
{
    private ManualResetValueTaskSourceCore<SinkRecord> _core = new() { RunContinuationsAsynchronously = true };

    /// <summary>The line without its number and place.</summary>
    public required SinkRecord Draft { get; set; }

    /// <summary>The session's buffer, untouched until the task completes.</summary>
    public ReadOnlyMemory<byte> Raw { get; set; }

    /// <summary>The line as written.</summary>
    public SinkRecord? Written { get; set; }

    public ValueTask<SinkRecord> Task => new(this, _core.Version);

    public void Reset() => _core.Reset();

    public void Complete() => _core.SetResult(Written!);

    public void Fail(Exception e) => _core.SetException(e);

    public SinkRecord GetResult(short token) => _core.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
