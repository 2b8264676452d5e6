using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Ast;

/// <summary>What stands in the opening tag of a <c>tablerow</c>.</summary>
internal sealed record TableRowHeader
{
    public required int VariableId { get; init; }

    /// <summary>The number of the name <c>tablerowloop</c>.</summary>
    public required int LoopId { get; init; }

    public required Expression Collection { get; init; }

    public Expression? Columns { get; init; }

    public Expression? Limit { get; init; }

    public Expression? Offset { get; init; }

    public int Position { get; init; }

    public LoopItems GetItems(RenderContext context, in LiquidValue collection, out long columns)
    {
        context.Position = Position;
        var from = Offset is null ? 0 : ArgumentReader.ToIntegerLoosely(context, Offset.Evaluate(context));
        long? limit = Limit is null ? null : ArgumentReader.ToIntegerLoosely(context, Limit.Evaluate(context));
        var items = LoopItems.Create(collection, from, limit);
        columns = Columns is null ? items.Count : ArgumentReader.ToIntegerLoosely(context, Columns.Evaluate(context));
        return items;
    }

    public TableRowHeader Bind(BindContext context) => this with
    {
        Collection = Collection.Bind(context),
        Columns = Columns?.Bind(context),
        Limit = Limit?.Bind(context),
        Offset = Offset?.Bind(context),
    };
}
