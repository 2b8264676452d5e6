namespace ClosedLoop.Responses.Spool;

/// <summary>A segment open for writing; a seam for tests that let the disk fail.</summary>
internal interface ISpoolFile : IDisposable
{
    /// <summary>Writes all bytes at the offset or throws.</summary>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Returns when everything written is on the disk, not only in the system's cache.</summary>
    void FlushToDisk();

    void SetLength(long length);
}
