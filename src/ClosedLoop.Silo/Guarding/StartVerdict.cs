using System.Globalization;
using ClosedLoop.Data.Guard;
using ClosedLoop.Model;

namespace ClosedLoop.Silo.Guarding;

/// <summary>Whether a database may be the same one that was last in use here.</summary>
internal static class StartVerdict
{
    /// <summary>Why sending is to be held, or <c>null</c>.</summary>
    /// <param name="mark">Mark of the folder, read before the database: the folder is never ahead of it otherwise.</param>
    /// <param name="row">What the database says.</param>
    /// <param name="lastWrite">About when the database was last written (microseconds, 0 for never); stands in for a sign of life.</param>
    /// <param name="openRecipients">Recipients that would be mailed; without any nothing can be repeated.</param>
    /// <param name="now">Microseconds.</param>
    /// <param name="tolerance">Age of the last sign of life up to which a stop is an ordinary one.</param>
    /// <param name="joins">Others work on this database at this moment: a folder without a mark is that of a silo that joins them, and what they take for the right database is.</param>
    public static string? Of(InstanceMark? mark, InstanceRow? row, long lastWrite, long openRecipients, long now, TimeSpan tolerance, bool joins = false)
    {
        if (openRecipients == 0 || (joins && mark is null)) return null;
        if (row is null && mark is not null) return $"the database has no mark, but this folder belonged to installation {mark.Instance}: it was restored or replaced";
        if (row is not null && mark is null) return $"the database belongs to installation {row.InstanceId}, and this folder to none: it was copied or restored";
        if (row is not null && mark is not null)
        {
            if (row.InstanceId != mark.Instance) return $"the database belongs to installation {row.InstanceId}, this folder to {mark.Instance}: it was copied or restored";
            if (mark.Beat > row.Beat)
            {
                return string.Create(CultureInfo.InvariantCulture,
                    $"the database is older than this folder: last in use {Instants.FromMicroseconds(row.AliveAt):u}, the folder {mark.AliveAt:u}; a backup was restored");
            }
        }

        var alive = row?.AliveAt ?? lastWrite;
        var age = TimeSpan.FromMicroseconds(now - alive);
        return alive > 0 && age > tolerance
            ? string.Create(CultureInfo.InvariantCulture, $"the database was last in use {Instants.FromMicroseconds(alive):u}, more than {tolerance} ago: it may be a restored backup")
            : null;
    }
}
