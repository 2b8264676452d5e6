namespace ClosedLoop.Grains.Embedded;

/// <summary>The call was not made: the engine has not started, drains or has stopped. Safe to repeat later.</summary>
public sealed class SiloUnavailableException : Exception
{
    public SiloUnavailableException()
    {
    }

    public SiloUnavailableException(string message)
        : base(message)
    {
    }

    public SiloUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
