namespace ClosedLoop.Data.Privacy;

/// <summary>A message to the person is being handed over at this moment: how it ends has to be recorded first.</summary>
public sealed class BeingSentException(string message) : InvalidOperationException(message);
