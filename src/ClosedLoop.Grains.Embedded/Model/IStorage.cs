namespace ClosedLoop.Grains.Embedded;

/// <summary>A stored record of a grain with its version.</summary>
public interface IStorage
{
    /// <summary>Version of the record as last read or written; null when there never was one.</summary>
    string? Etag { get; }

    /// <summary>Whether the store held a value when last asked.</summary>
    bool RecordExists { get; }

    /// <summary>Removes the value and keeps the version counting.</summary>
    /// <exception cref="InconsistentStateException">Somebody else wrote since this activation last read.</exception>
    Task ClearStateAsync();

    /// <inheritdoc cref="ClearStateAsync()"/>
    Task ClearStateAsync(CancellationToken cancellationToken);

    /// <summary>Writes the whole record.</summary>
    /// <exception cref="InconsistentStateException">Somebody else wrote since this activation last read.</exception>
    Task WriteStateAsync();

    /// <inheritdoc cref="WriteStateAsync()"/>
    Task WriteStateAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the state in memory by the stored one.</summary>
    Task ReadStateAsync();

    /// <inheritdoc cref="ReadStateAsync()"/>
    Task ReadStateAsync(CancellationToken cancellationToken);
}
