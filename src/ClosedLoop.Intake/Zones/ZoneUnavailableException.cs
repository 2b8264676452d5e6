namespace ClosedLoop.Intake.Zones;

/// <summary>The place of the files cannot be reached now. It says nothing about any file, so nothing fails: work is taken up again at a later poll.</summary>
public sealed class ZoneUnavailableException : Exception
{
    public ZoneUnavailableException()
    {
    }

    public ZoneUnavailableException(string message)
        : base(message)
    {
    }

    public ZoneUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
