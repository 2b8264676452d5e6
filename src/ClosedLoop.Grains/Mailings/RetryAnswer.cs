namespace ClosedLoop.Grains.Mailings;

/// <summary>What came of a wish to send a mailing again to some of its recipients.</summary>
/// <param name="Done">Whether somebody is sent to again, or in a dry run would be asked for.</param>
/// <param name="Possible">Whether the mailing can be sent again now; without that nobody was even looked for.</param>
/// <param name="Recipients">How many.</param>
/// <param name="Text">Counts: selected, left out and why; or why it is refused.</param>
[GenerateSerializer, Immutable, Alias("ClosedLoop.RetryAnswer")]
public sealed record RetryAnswer([property: Id(0)] bool Done, [property: Id(1)] bool Possible, [property: Id(2)] int Recipients, [property: Id(3)] string Text);
