using Microsoft.AspNetCore.Http;

namespace ClosedLoop.Operations.Api;

/// <summary>Where a page of a station's list ends, as for the lists of the dashboard; a page may begin with rows of the one before when new ones have come meanwhile.</summary>
public static class ListCursor
{
    /// <summary>How many rows to leave out.</summary>
    /// <param name="cursor">What a list gave as <c>next</c>; goes before <paramref name="offset"/>.</param>
    /// <param name="offset">A number of rows, for who counts himself.</param>
    /// <param name="skipped">Rows to leave out.</param>
    /// <returns><c>false</c> for a cursor that no list has given.</returns>
    public static bool TryRead(string? cursor, int? offset, out int skipped)
    {
        skipped = Math.Max(0, offset ?? 0);
        if (string.IsNullOrEmpty(cursor)) return true;
        if (!Cursor.TryRead(cursor, out var number) || number is < 0 or > int.MaxValue) return false;
        skipped = (int)number;
        return true;
    }

    /// <summary>The cursor of the next page; <c>null</c> after the last.</summary>
    public static string? Next(int skipped, int count, int limit) => count < limit ? null : Cursor.Write(skipped + count);

    /// <summary>The refusal of a cursor.</summary>
    public static IResult Wrong() => ApiAnswers.BadCursor();
}
