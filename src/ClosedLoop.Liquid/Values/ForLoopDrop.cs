namespace ClosedLoop.Liquid.Values;

/// <summary><c>forloop</c>: where a loop stands.</summary>
internal sealed class ForLoopDrop : LiquidDrop
{
    public string Name { get; set; } = "";

    public long Length { get; set; }

    public long Index { get; set; }

    public ForLoopDrop? Parent { get; set; }

    public override LiquidValue Get(string name) => name switch
    {
        "index" => LiquidValue.FromInteger(Index + 1),
        "index0" => LiquidValue.FromInteger(Index),
        "rindex" => LiquidValue.FromInteger(Length - Index),
        "rindex0" => LiquidValue.FromInteger(Length - Index - 1),
        "first" => LiquidValue.FromBoolean(Index == 0),
        "last" => LiquidValue.FromBoolean(Index == Length - 1),
        "length" => LiquidValue.FromInteger(Length),
        "name" => LiquidValue.FromString(Name),
        "parentloop" => Parent is null ? LiquidValue.Nil : LiquidValue.FromDrop(Parent),
        _ => LiquidValue.Nil,
    };

    public override string ToString() => "Liquid::ForloopDrop";
}
