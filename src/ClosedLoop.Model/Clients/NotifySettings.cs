namespace ClosedLoop.Model.Clients;

/// <summary>Who is told by mail how files and mailings went (closed-loop spec section 16.1).</summary>
public sealed record NotifySettings
{
    /// <summary>Get the status of every file.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>Get the status of files that failed or had something skipped or warned of.</summary>
    public IReadOnlyList<string> ProblemsTo { get; init; } = [];

    /// <summary>Whether <see cref="To"/> is also told when everybody of a mailing has an outcome.</summary>
    public bool Finished { get; init; }

    /// <summary>Who is told of an alarm: those who want to know of problems, or everybody where nobody is named for that.</summary>
    public IReadOnlyList<string> AlarmsTo() => [.. (ProblemsTo.Count > 0 ? ProblemsTo : To).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Who gets a notice, each once.</summary>
    public IReadOnlyList<string> Recipients(bool problem) =>
        problem ? [.. To.Concat(ProblemsTo).Distinct(StringComparer.OrdinalIgnoreCase)] : [.. To.Distinct(StringComparer.OrdinalIgnoreCase)];
}
