namespace ClosedLoop.Data.Ids;

/// <summary>
/// 64-bit ids in blocks: a mailing takes one block for its recipients and one for its links, and computes each id as
/// base + position. A block that a crash left unused is skipped, never given twice.
/// </summary>
public static class IdSequence
{
    public const string Mailing = "mailing";
    public const string List = "list";
    public const string Recipient = "recipient";
    public const string Link = "link";
    public const string File = "file";
    public const string Export = "export";

    /// <summary>First id of a block of <paramref name="count"/>.</summary>
    public static long Take(WriteContext context, string name, long count = 1)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return context.Scalar("UPDATE id_sequence SET next = next + $2 WHERE name = $1 RETURNING next - $2", name, count);
    }
}
