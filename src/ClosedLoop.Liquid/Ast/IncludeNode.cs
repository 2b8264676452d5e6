using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Ast;

/// <summary><c>include</c>: a partial that shares the variables of the template around it.</summary>
/// <param name="header">What stands in the tag.</param>
/// <param name="body">The partial's body bound to frozen data; null to take the partial as it was read.</param>
internal sealed class IncludeNode(PartialHeader header, Node? body) : Node
{
    public int Position => header.Position;

    public override IEnumerable<Node> Children => body is null ? [] : [body];

    public override Completion Render(RenderContext context, ref Utf8Writer output)
    {
        context.Position = header.Position;
        if (context.IsIsolated)
        {
            throw context.Error(LiquidErrorCode.TagNotAllowedHere, "'include' inside a partial started by 'render'", "'render'");
        }

        var name = header.Name.Evaluate(context);
        if (!name.IsText)
        {
            throw context.Error(LiquidErrorCode.InvalidArgument, $"'{name.ToText()}' as the name of a partial", "a text");
        }

        var partialName = name.ToText();
        var partial = context.Unit.LoadPartial(partialName, context);
        var names = context.Unit.Names;
        var variableId = names.GetId(header.VariableName(partialName));
        var value = header.Bound?.Evaluate(context) ?? FindValue(context, partialName);
        VariableCell[] saved = header.Arguments.Length == 0 ? [] : new VariableCell[header.Arguments.Length];
        int[] ids = header.Arguments.Length == 0 ? [] : new int[header.Arguments.Length];
        var outer = context.GetLocal(variableId);
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = names.GetId(header.Arguments[i].Key);
            saved[i] = context.GetLocal(ids[i]);
            context.SetLocal(ids[i], header.Arguments[i].Value.Evaluate(context));
        }

        var source = context.EnterPartial(partial.Source, header.Position);
        var completion = RenderBody(context, partial, variableId, value, ref output);
        context.LeavePartial(source);
        for (var i = ids.Length - 1; i >= 0; i--)
        {
            context.RestoreLocal(ids[i], saved[i]);
        }

        context.RestoreLocal(variableId, outer);
        return completion;
    }

    public override Node Bind(BindContext context)
    {
        var bound = header.Bind(context);
        if (context.IsIsolated || bound.Name is not ConstantExpression { Value.Kind: LiquidKind.String } name
            || context.EnterPartial(name.Value.String) is not { } partial)
        {
            return new IncludeNode(bound, body: null);
        }

        var inside = context.Inside(partial, isIsolated: false);
        var names = context.Unit.Names;
        inside.Enter(names.GetId(bound.VariableName(name.Value.String)), value: null);
        foreach (var (argument, value) in bound.Arguments)
        {
            inside.Enter(names.GetId(argument), (value as ConstantExpression)?.Value);
        }

        var boundBody = partial.Body.Bind(inside);
        context.LeavePartial();
        return new IncludeNode(bound, boundBody);
    }

    private static LiquidValue FindValue(RenderContext context, string name) =>
        context.TryGetVariable(context.Unit.Names.GetId(name), name, out var value) ? value : LiquidValue.Nil;

    private Completion RenderBody(RenderContext context, Partial partial, int variableId, in LiquidValue value, ref Utf8Writer output)
    {
        if (value.Kind != LiquidKind.Array)
        {
            context.SetLocal(variableId, value);
            return (body ?? partial.Body).Render(context, ref output);
        }

        foreach (var item in value.Array)
        {
            context.Budget.Iterate();
            context.SetLocal(variableId, item);
            var completion = (body ?? partial.Body).Render(context, ref output);
            if (completion != Completion.Normal)
            {
                return completion;
            }
        }

        return Completion.Normal;
    }
}
