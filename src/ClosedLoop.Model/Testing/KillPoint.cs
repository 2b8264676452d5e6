namespace ClosedLoop.Model.Testing;

/// <summary>
/// Places at which a death of the process is most likely to lose or repeat something. Each names the line that calls
/// <see cref="KillSwitch.Reach"/>; the rig (<c>tests/ClosedLoop.Rig</c>) dies at every one of them and compares the books.
/// </summary>
public enum KillPoint
{
    /// <summary>1: a file was seen complete and is not claimed.</summary>
    FileSeen = 1,

    /// <summary>2: a file is claimed and has no rows; reached twice, before and after it is registered.</summary>
    FileClaimed,

    /// <summary>3: half the rows of a file are written; reached within a block's transaction and after it.</summary>
    RowsHalfWritten,

    /// <summary>4: the rows are visible and the mailing has not been told.</summary>
    MailingNotTold,

    /// <summary>5: recipients are claimed, MAIL has not been said.</summary>
    RecipientClaimed,

    /// <summary>6: the final dot is with the kernel, its 250 has not been read.</summary>
    AfterDot,

    /// <summary>7: the reply was read and is recorded nowhere.</summary>
    ReplyRead,

    /// <summary>8: in the transaction that records outcomes.</summary>
    DuringRecord,

    /// <summary>9: around the write of a grain's state; reached before the statement, and after it while the grain does not know.</summary>
    GrainStateWrite,

    /// <summary>10: an event is in the spool and not in the database.</summary>
    EventSpooled,

    /// <summary>11: the files of an export are written and none is renamed.</summary>
    ExportWritten,

    /// <summary>12: the files of an export have their names and the run is not marked.</summary>
    ExportRenamed,

    /// <summary>13: asked to stop, a slice is waiting for what it has on the wire.</summary>
    Draining,

    /// <summary>14: a step of an order is recorded and the next has not begun; reached after each of its steps.</summary>
    OrderStep,

    /// <summary>15: a step of a scheduled campaign of a connector is recorded and the next has not begun; reached after each page, publication, frozen mailing and start.</summary>
    ConnectorCampaign,

    /// <summary>16: around a request to Optimove with attributes or results; reached before it leaves, after its answer, and when the answer is recorded.</summary>
    ConnectorBatch,
}
