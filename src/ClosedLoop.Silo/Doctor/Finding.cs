namespace ClosedLoop.Silo.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="Check">What: <c>spf</c>, <c>dkim</c> and so on.</param>
/// <param name="Subject">Of what: a domain, a host, a folder.</param>
/// <param name="Verdict">What it came to.</param>
/// <param name="Found">What was found.</param>
/// <param name="Fix">What to do; null when nothing.</param>
internal sealed record Finding(string Check, string Subject, Verdict Verdict, string Found, string? Fix = null);
