using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Intake.Subscribers;

/// <summary>All records of one file with equal source mailing and wave: one mailing (closed-loop spec section 1).</summary>
public sealed class FileGroup
{
    /// <summary>Position among the file's groups, in the order of their first records.</summary>
    public required int Index { get; init; }

    public required long SourceId { get; init; }

    /// <summary>Null for the group without a wave.</summary>
    public required long? WaveId { get; init; }

    /// <summary>By which way the group's source mailing reaches people: which column is the address.</summary>
    public MessageChannel Channel { get; init; }

    /// <summary>Physical line of the first record.</summary>
    public required long FirstLine { get; init; }

    public required long FirstRecord { get; init; }

    /// <summary>Records that name the group.</summary>
    public long Total { get; internal set; }

    /// <summary>Records accepted; each becomes one recipient.</summary>
    public long Net { get; internal set; }

    /// <summary>Records left out: faulty ones and repeated addresses.</summary>
    public long Skipped => Total - Net;
}
