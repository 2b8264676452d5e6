using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Ast;

/// <summary>What stands in the opening tag of a <c>for</c>.</summary>
internal sealed record ForHeader
{
    /// <summary>Variable and collection as written; loops of one name continue each other.</summary>
    public required string Name { get; init; }

    public required int VariableId { get; init; }

    /// <summary>The number of the name <c>forloop</c>.</summary>
    public required int LoopId { get; init; }

    public required Expression Collection { get; init; }

    public Expression? Limit { get; init; }

    public Expression? Offset { get; init; }

    /// <summary><c>offset: continue</c>.</summary>
    public bool Continues { get; init; }

    public bool IsReversed { get; init; }

    public int Position { get; init; }

    public LoopItems GetItems(RenderContext context)
    {
        context.Position = Position;
        var from = Continues ? context.GetLoopOffset(Name) : Offset is null ? 0 : ArgumentReader.ToInteger(context, Offset.Evaluate(context), nilAs: 0);
        var collection = Collection.Evaluate(context);
        context.Position = Position;
        var limit = Limit?.Evaluate(context) ?? LiquidValue.Nil;
        var items = LoopItems.Create(collection, from, limit.IsNil ? null : ArgumentReader.ToInteger(context, limit));
        if (context.Unit.UsesLoopContinue)
        {
            context.SetLoopOffset(Name, from + items.Count);
        }

        return items;
    }

    public ForHeader Bind(BindContext context) => this with
    {
        Collection = Collection.Bind(context),
        Limit = Limit?.Bind(context),
        Offset = Offset?.Bind(context),
    };

    /// <summary>True when collection, offset and limit are known already and sound.</summary>
    public bool TryGetConstantItems(out LoopItems items)
    {
        items = default;
        if (Continues || Collection is not ConstantExpression collection || !IsPlain(Offset, out var from) || !IsPlain(Limit, out var limit))
        {
            return false;
        }

        items = LoopItems.Create(collection.Value, from ?? 0, limit);
        return true;
    }

    private static bool IsPlain(Expression? expression, out long? value)
    {
        value = expression is ConstantExpression { Value.Kind: LiquidKind.Integer } constant ? constant.Value.Integer : null;
        return expression is null or ConstantExpression { Value.Kind: LiquidKind.Integer or LiquidKind.Nil };
    }
}
