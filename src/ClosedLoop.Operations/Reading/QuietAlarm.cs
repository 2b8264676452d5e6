namespace ClosedLoop.Operations.Reading;

/// <summary>An alarm that somebody has seen and put off.</summary>
/// <param name="What">The alarm.</param>
/// <param name="Href">Where to look.</param>
/// <param name="Until">Microseconds; from then on it is shown again, if it is still there.</param>
/// <param name="By">Who put it off.</param>
/// <param name="Reason">Why; empty when nobody said.</param>
public sealed record QuietAlarm(string What, string Href, long Until, string By, string Reason);
