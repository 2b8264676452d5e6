namespace ClosedLoop.Intake.Orders.Lists;

/// <summary>A list or its archive cannot be used (E-13); the message says why.</summary>
public sealed class ListFaultException : Exception
{
    public ListFaultException()
    {
    }

    public ListFaultException(string message)
        : base(message)
    {
    }

    public ListFaultException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
