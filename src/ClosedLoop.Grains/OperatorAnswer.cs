namespace ClosedLoop.Grains;

/// <summary>Answer to an operator's command.</summary>
/// <param name="Done">Whether it was carried out.</param>
/// <param name="Text">What was done, or why not and what to do instead.</param>
[GenerateSerializer, Immutable, Alias("ClosedLoop.OperatorAnswer")]
public sealed record OperatorAnswer([property: Id(0)] bool Done, [property: Id(1)] string Text);
