namespace ClosedLoop.Operations.Ports;

/// <summary>A connection to another system.</summary>
/// <param name="Name">Its name; unique.</param>
/// <param name="Kind">What it is.</param>
/// <param name="State">In a word.</param>
/// <param name="IsWell">Whether that is as it should be.</param>
/// <param name="Detail">Figures and the newest error.</param>
/// <param name="CanRegister">Listeners can be registered again.</param>
public sealed record ConnectorLine(string Name, string Kind, string State, bool IsWell, string Detail, bool CanRegister);
