namespace ClosedLoop.Data.Engines;

/// <summary>The connection of the one writer of this process, transaction by transaction. Of the writer's thread only, but for <see cref="Stop"/>.</summary>
internal abstract class WriteSession : IDisposable
{
    /// <summary>Of the open transaction; another one after the connection was lost.</summary>
    public abstract WriteContext Context { get; }

    /// <summary>
    /// Begins a transaction and gives it its stamp. From here to the end of the transaction no other writer, of this process or
    /// another, can have a stamp or see a row that this one has not settled.
    /// </summary>
    /// <param name="isLasting">Whether the commit must be on the disk when it returns.</param>
    public abstract void Begin(bool isLasting);

    public abstract void Commit();

    /// <summary>Ends a transaction in which <paramref name="error"/> happened, wherever between <see cref="Begin"/> and the end of <see cref="Commit"/>.</summary>
    public abstract Aftermath Recover(Exception error);

    /// <summary>What happened to a transaction is known and committed: time for upkeep.</summary>
    public virtual void Committed()
    {
    }

    /// <summary>From any thread: no longer wait for a database that does not answer.</summary>
    public virtual void Stop()
    {
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
