using ClosedLoop.Liquid.Filters;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Expressions;

/// <summary>A value passed through one filter.</summary>
internal sealed class FilterExpression(Expression input, FilterDefinition filter, Expression[] arguments, int position) : Expression
{
    public Expression Input => input;

    public FilterDefinition Filter => filter;

    public Expression[] Arguments => arguments;

    public override LiquidValue Evaluate(RenderContext context)
    {
        var value = input.Evaluate(context);
        if (arguments.Length < filter.MinArguments || arguments.Length > filter.MaxArguments)
        {
            context.Position = position;
            throw context.Error(LiquidErrorCode.ArgumentCount, $"the filter '{filter.Name}' with {arguments.Length} arguments", filter.DescribeArguments());
        }

        var buffer = default(FilterArguments);
        for (var i = 0; i < arguments.Length; i++)
        {
            buffer[i] = arguments[i].Evaluate(context);
        }

        context.Position = position;
        return filter.Apply(context, value, buffer[..arguments.Length]);
    }

    public override Expression Bind(BindContext context)
    {
        var boundInput = input.Bind(context);
        var boundArguments = Array.ConvertAll(arguments, a => a.Bind(context));
        var bound = new FilterExpression(boundInput, filter, boundArguments, position);
        return boundInput is ConstantExpression constant && Array.TrueForAll(boundArguments, a => a is ConstantExpression)
            && (filter.IsPure || (boundArguments is [ConstantExpression first, ..] && filter.IsFixedFor?.Invoke(constant.Value, first.Value) == true))
            ? context.TryFold(bound)
            : bound;
    }
}
