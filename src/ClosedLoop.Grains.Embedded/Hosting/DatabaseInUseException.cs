namespace ClosedLoop.Grains.Embedded;

/// <summary>Another process runs grains over the same database.</summary>
public sealed class DatabaseInUseException : Exception
{
    public DatabaseInUseException()
    {
    }

    public DatabaseInUseException(string message)
        : base(message)
    {
    }

    public DatabaseInUseException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
