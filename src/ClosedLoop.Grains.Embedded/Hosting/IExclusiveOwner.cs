namespace ClosedLoop.Grains.Embedded;

/// <summary>Makes sure that one process only runs grains over a database. Two would each hold an activation of the same key.</summary>
public interface IExclusiveOwner : IAsyncDisposable
{
    /// <summary>Takes ownership, held until the object is disposed or the process dies.</summary>
    /// <exception cref="DatabaseInUseException">Another process is the owner.</exception>
    Task AcquireAsync(CancellationToken cancellationToken);
}
