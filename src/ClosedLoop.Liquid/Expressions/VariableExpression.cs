using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Expressions;

/// <summary>A variable with its path, looked up by name during the render.</summary>
internal sealed class VariableExpression : Expression
{
    private readonly int _id;
    private readonly PathSegment[] _segments;
    private readonly int _position;

    public VariableExpression(string name, int id, PathSegment[] segments, int position)
    {
        Name = name;
        _id = id;
        _segments = segments;
        _position = position;
    }

    public string Name { get; }

    public int Id => _id;

    public override LiquidValue Evaluate(RenderContext context)
    {
        if (context.TryGetVariable(_id, Name, out var value))
        {
            return PathWalker.Walk(value, _segments, 0, context);
        }

        // A column may be called "recipient.firstname" without there being a "recipient".
        if (_segments.Length > 0 && context.Row is { } row && context.Unit.Options.Schema is { } schema && TryFindSlot(schema, out var slot, out var used))
        {
            return PathWalker.Walk(SlotReader.Read(row, slot), _segments, used, context);
        }

        return LiquidValue.Nil;
    }

    public override Expression Bind(BindContext context)
    {
        var segments = BindSegments(context);
        if (context.TryGetKnown(_id, Name, out var known))
        {
            return PathExpression.Create(new ConstantExpression(known), segments, 0);
        }

        var dynamic = new VariableExpression(Name, _id, segments, _position);
        if (context.IsVariable(_id))
        {
            return dynamic;
        }

        if (context.Schema is { } schema)
        {
            if (TryFindSlot(schema, out var slot, out var used))
            {
                context.Unit.MarkUsed(slot.Index);
                return PathExpression.Create(new SlotExpression(slot, dynamic), segments, used);
            }

            context.NoteUnknown(this, schema, _position);
            if (context.IsStrict && !schema.HasGlobal(Name))
            {
                throw context.Error(
                    LiquidErrorCode.UnknownVariable, $"unknown variable '{this}'", NameSuggestion.For(ToString(), schema), _position);
            }
        }

        return dynamic;
    }

    public override string ToString()
    {
        var path = Name;
        foreach (var segment in _segments)
        {
            path += segment.Name is null ? "[…]" : "." + segment.Name;
        }

        return path;
    }

    private PathSegment[] BindSegments(BindContext context)
    {
        var segments = new PathSegment[_segments.Length];
        for (var i = 0; i < segments.Length; i++)
        {
            segments[i] = new PathSegment(_segments[i].Name, _segments[i].Index?.Bind(context));
        }

        return segments;
    }

    /// <summary>The longest part of the path that is a column.</summary>
    private bool TryFindSlot(LiquidSchema schema, out LiquidSlot slot, out int used)
    {
        used = 0;
        var found = schema.TryGetSlot(Name, out slot);
        if (!found && !schema.HasRoot(Name))
        {
            return false;
        }

        var path = Name;
        for (var i = 0; i < _segments.Length; i++)
        {
            var name = _segments[i].Name ?? ((_segments[i].Index as ConstantExpression)?.Value is { Kind: LiquidKind.String } key ? key.String : null);
            if (name is null)
            {
                break;
            }

            path += "." + name;
            if (schema.TryGetSlot(path, out var deeper))
            {
                (slot, used, found) = (deeper, i + 1, true);
            }
        }

        return found;
    }
}
