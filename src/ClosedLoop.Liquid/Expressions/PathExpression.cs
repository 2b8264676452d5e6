using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid.Expressions;

/// <summary>Properties and elements of another expression.</summary>
internal sealed class PathExpression : Expression
{
    private readonly Expression _root;
    private readonly PathSegment[] _segments;
    private readonly int _start;

    private PathExpression(Expression root, PathSegment[] segments, int start)
    {
        _root = root;
        _segments = segments;
        _start = start;
    }

    public static Expression Create(Expression root, PathSegment[] segments, int start)
    {
        if (root is ConstantExpression constant)
        {
            var value = constant.Value;
            while (start < segments.Length && TryStep(ref value, segments[start]))
            {
                start++;
            }

            root = new ConstantExpression(value);
        }

        return start == segments.Length ? root : new PathExpression(root, segments, start);
    }

    public override LiquidValue Evaluate(RenderContext context) => PathWalker.Walk(_root.Evaluate(context), _segments, _start, context);

    public override Expression Bind(BindContext context)
    {
        var segments = Array.ConvertAll(_segments, s => new PathSegment(s.Name, s.Index?.Bind(context)));
        return Create(_root.Bind(context), segments, _start);
    }

    private static bool TryStep(ref LiquidValue value, PathSegment segment)
    {
        if (segment.Name is { } name)
        {
            value = PathWalker.GetProperty(value, name);
            return true;
        }

        if (segment.Index is ConstantExpression index)
        {
            value = PathWalker.GetElement(value, index.Value);
            return true;
        }

        return false;
    }
}
