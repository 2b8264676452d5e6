namespace ClosedLoop.Operations.Reading;

/// <summary>Why recipients have the state they have.</summary>
/// <param name="State">Number of the state.</param>
/// <param name="Reason">Stable code and text.</param>
/// <param name="Recipients">How many.</param>
/// <param name="Example">Position of one of them.</param>
public sealed record ReasonLine(int State, string Reason, long Recipients, long Example);
