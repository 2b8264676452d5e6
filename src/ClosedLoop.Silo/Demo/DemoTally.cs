namespace ClosedLoop.Silo.Demo;

/// <summary>What the audience did: one of the books that must agree.</summary>
internal sealed class DemoTally
{
    private long _messages;
    private long _repeated;
    private long _opens;
    private long _automaticOpens;
    private long _clicks;
    private long _unsubscribes;
    private long _returned;
    private long _failed;
    private long _pending;

    /// <summary>Messages the sink took.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>Messages that went to somebody who had one already.</summary>
    public long Repeated => Interlocked.Read(ref _repeated);

    public long Opens => Interlocked.Read(ref _opens);

    public long AutomaticOpens => Interlocked.Read(ref _automaticOpens);

    public long Clicks => Interlocked.Read(ref _clicks);

    public long Unsubscribes => Interlocked.Read(ref _unsubscribes);

    /// <summary>Mails that were sent back.</summary>
    public long Returned => Interlocked.Read(ref _returned);

    /// <summary>Requests that were not answered as they should.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Readers who have not finished what they do.</summary>
    public long Pending => Interlocked.Read(ref _pending);

    /// <summary>Rows of events that must come out.</summary>
    public long Events => Opens + AutomaticOpens + Clicks + Unsubscribes;

    public void AddMessage(bool repeated)
    {
        Interlocked.Increment(ref _messages);
        if (repeated) Interlocked.Increment(ref _repeated);
    }

    public void AddOpen() => Interlocked.Increment(ref _opens);

    public void AddAutomaticOpen() => Interlocked.Increment(ref _automaticOpens);

    public void AddClick() => Interlocked.Increment(ref _clicks);

    public void AddUnsubscribe() => Interlocked.Increment(ref _unsubscribes);

    public void AddReturned() => Interlocked.Increment(ref _returned);

    public void AddFailure() => Interlocked.Increment(ref _failed);

    public void AddPending(int change) => Interlocked.Add(ref _pending, change);
}
