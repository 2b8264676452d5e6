using System.Globalization;
using ClosedLoop.Intake.Subscribers;
using ClosedLoop.Intake.Zones;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Intake.Guards;

/// <summary>
/// What makes a file wait for approval. Two of the rails can only be met in a plan: a file without a final name is not taken in at all, and one that names a source mailing
/// that cannot be used fails.
/// </summary>
public static class GuardRails
{
    /// <summary>The rails that a file crosses, with figures; none holds a value of the file.</summary>
    /// <param name="name">Name of the file.</param>
    /// <param name="validation">What was found in it.</param>
    /// <param name="difference">Against the file before; <c>null</c> when there is none.</param>
    /// <param name="guards">How far it may be from that.</param>
    public static IReadOnlyList<string> Crossed(string name, FileValidation validation, FileDifference? difference, ImportGuards guards)
    {
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentNullException.ThrowIfNull(guards);
        return [.. OfFile(name, validation), .. difference is null ? [] : OfDifference(difference, guards)];
    }

    /// <summary>The rail that takes two people; <c>null</c> when one may decide.</summary>
    /// <param name="recipients">Of the file.</param>
    /// <param name="twoAbove">With more it takes two; 0 for never.</param>
    public static string? People(long recipients, long twoAbove) => twoAbove > 0 && recipients > twoAbove
        ? string.Create(CultureInfo.InvariantCulture, $"people: {recipients} recipients are to be mailed for real; above {twoAbove} two people have to approve")
        : null;

    private static IEnumerable<string> OfFile(string name, FileValidation validation)
    {
        if (!FinalName.IsFinal(name)) yield return "name: it is not YYYYMMDDHHMMSS_subscribers.csv; closedloop drop gives it one";
        foreach (var group in validation.Problems.Errors.Where(problem => problem.Code.Code is "E302" or "E303" or "E304" or "E305" or "E306").Select(problem => problem.Group).Distinct())
            yield return string.Create(CultureInfo.InvariantCulture, $"source: mailing {group} cannot be used");
    }

    private static IEnumerable<string> OfDifference(FileDifference difference, ImportGuards guards)
    {
        if (guards.RowsPercent is { } percent && Math.Abs(difference.ChangePercent) > percent)
            yield return string.Create(CultureInfo.InvariantCulture, $"rows: {difference.ChangePercent:+0.#;-0.#} % recipients against {difference.File}; ±{percent} % is allowed");
        foreach (var (column, points) in difference.Emptier.Where(column => column.Value > guards.EmptyPoints))
            yield return string.Create(CultureInfo.InvariantCulture, $"empty: {points} points more values of {column} are empty than in {difference.File}; {guards.EmptyPoints} are allowed");
    }
}
