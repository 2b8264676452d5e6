namespace ClosedLoop.Liquid.Values;

/// <summary><c>tablerowloop</c>: where a <c>tablerow</c> stands.</summary>
internal sealed class TableRowLoopDrop(long length, long columns) : LiquidDrop
{
    public long Index { get; private set; }

    public long Row { get; private set; } = 1;

    public long Column { get; private set; } = 1;

    public bool IsLast => Index == length - 1;

    public bool IsColumnLast => Column == columns;

    public void Advance()
    {
        Index++;
        if (Column == columns)
        {
            Column = 1;
            Row++;
        }
        else
        {
            Column++;
        }
    }

    public override LiquidValue Get(string name) => name switch
    {
        "index" => LiquidValue.FromInteger(Index + 1),
        "index0" => LiquidValue.FromInteger(Index),
        "rindex" => LiquidValue.FromInteger(length - Index),
        "rindex0" => LiquidValue.FromInteger(length - Index - 1),
        "first" => LiquidValue.FromBoolean(Index == 0),
        "last" => LiquidValue.FromBoolean(IsLast),
        "length" => LiquidValue.FromInteger(length),
        "row" => LiquidValue.FromInteger(Row),
        "col" => LiquidValue.FromInteger(Column),
        "col0" => LiquidValue.FromInteger(Column - 1),
        "col_first" => LiquidValue.FromBoolean(Column == 1),
        "col_last" => LiquidValue.FromBoolean(IsColumnLast),
        _ => LiquidValue.Nil,
    };

    public override string ToString() => "Liquid::TablerowloopDrop";
}
