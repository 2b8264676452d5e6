namespace ClosedLoop.Intake.Orders.Lists;

/// <summary>A list or its archive cannot be used (E-13); the message says why.</summary>
public sealed class ListFaultException(string message) : Exception(message);
