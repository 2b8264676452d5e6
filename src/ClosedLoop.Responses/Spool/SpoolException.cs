namespace ClosedLoop.Responses.Spool;

/// <summary>The spool refused; <see cref="Error"/> says why, and with it whether trying again makes sense.</summary>
public sealed class SpoolException : IOException
{
    public SpoolException(SpoolError error, string message, Exception? cause = null)
        : base(message, cause) => Error = error;

    /// <summary>Why.</summary>
    public SpoolError Error { get; }

    /// <summary>True when the same call may succeed later.</summary>
    public bool Temporary => Error is SpoolError.WriteFailed or SpoolError.QueueFull;
}
