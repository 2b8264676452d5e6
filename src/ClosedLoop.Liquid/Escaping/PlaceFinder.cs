using ClosedLoop.Liquid.Ast;
using ClosedLoop.Liquid.Dialects;

namespace ClosedLoop.Liquid.Escaping;

/// <summary>
/// Walks through a template as HTML and tells every output where it stands. Branches must end in places that fit together; behind those
/// that do not, outputs get what is safe everywhere.
/// </summary>
internal sealed class PlaceFinder
{
    /// <summary>A loop's start is joined with its end until it stays the same; more passes than states in a chain are not needed.</summary>
    private const int MaxPasses = 4;

    /// <summary>Loops inside loops multiply their passes; beyond this many they are taken for unknown places, which need one.</summary>
    private const int MaxPassesInAll = 2000;

    private readonly SourceText _source;
    private readonly Stack<List<HtmlState>> _interrupts = new();
    private readonly Dictionary<int, LiquidWarning> _problems = [];

    private int _passes;

    private PlaceFinder(SourceText source) => _source = source;

    /// <summary>Walks through the template, or a partial, from its beginning.</summary>
    /// <exception cref="LiquidParseException">A partial stands, or ends, in a place where its outputs could not be made safe.</exception>
    public static void Apply(Node body, SourceText source, TemplateUnit unit, bool isPartial)
    {
        var finder = new PlaceFinder(source);
        var end = finder.Walk(body, new HtmlState());
        foreach (var problem in finder._problems.Values) unit.Report(problem);
        if (isPartial && !IsText(end))
        {
            throw new LiquidParseException(
                LiquidErrorCode.UnsafePlace, "a partial that ends inside a tag, a style or a script", "a partial that closes what it opens", source, source.Text.Length);
        }
    }

    private static bool IsText(in HtmlState state) => state.Spot is HtmlSpot.Text or HtmlSpot.Comment || state is { Spot: HtmlSpot.RawText, Kind: ValueKind.Plain };

    private HtmlState Walk(Node node, HtmlState state)
    {
        switch (node)
        {
            case TextNode text:
                return HtmlTokenizer.Read(state, text.Bytes);
            case PlaceOutputNode output:
                output.Place = PlaceResolver.Resolve(state);
                Note(output.Place, output.Position);
                return PlaceResolver.After(state);
            case TextFunctionNode function:
                function.Place = PlaceResolver.Resolve(state);
                Note(function.Place, function.Position);
                return PlaceResolver.After(state);
            case OutputNode or CounterNode:
                return PlaceResolver.After(state);
            case CycleNode cycle:
                return WalkCycle(cycle, state);
            case CaptureNode capture:
                // What is captured is markup wherever it is written later, so it is read from the beginning of a text.
                _ = Walk(capture.Children.Single(), new HtmlState());
                return state;
            case IfNode choice:
                return WalkBranches(choice.Children, choice.AlwaysTakesOne, state);
            case CaseNode choice:
                return WalkBranches(choice.Children, choice.HasElse, state);
            case IfChangedNode changed:
                return WalkBranches(changed.Children, alwaysTakesOne: false, state);
            case ForNode loop:
                return WalkLoop(loop, state);
            case TableRowNode rows:
                return WalkRows(rows, state);
            case InterruptNode:
                if (_interrupts.TryPeek(out var exits)) exits.Add(state);
                return state;
            case IncludeNode include:
                return CheckPartial(state, include.Position);
            case RenderNode render:
                return CheckPartial(state, render.Position);
            default:
                foreach (var child in node.Children) state = Walk(child, state);
                return state;
        }
    }

    private HtmlState WalkBranches(IEnumerable<Node> branches, bool alwaysTakesOne, HtmlState start)
    {
        HtmlState? end = alwaysTakesOne ? null : start;
        foreach (var branch in branches)
        {
            var branchEnd = Walk(branch, start);
            end = end is { } other ? HtmlState.Join(other, branchEnd) : branchEnd;
        }

        return end ?? start;
    }

    private HtmlState WalkLoop(ForNode loop, HtmlState start)
    {
        var children = loop.Children.ToArray();
        var end = WalkRepeated(children[0], start);
        return children.Length > 1 ? HtmlState.Join(end, Walk(children[1], start)) : end;
    }

    private HtmlState WalkRepeated(Node body, HtmlState start)
    {
        var state = start;
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            if (++_passes > MaxPassesInAll) break;
            _interrupts.Push([]);
            var end = Walk(body, state);
            foreach (var exit in _interrupts.Pop()) end = HtmlState.Join(end, exit);
            var joined = HtmlState.Join(state, end);
            if (joined.Equals(state)) return state;
            state = joined;
        }

        state = new HtmlState { Spot = HtmlSpot.Unknown };
        return Walk(body, state);
    }

    /// <summary>The tag writes rows and cells around its body.</summary>
    private HtmlState WalkRows(TableRowNode rows, HtmlState start)
    {
        var end = WalkRepeated(rows.Children.Single(), start.Spot == HtmlSpot.Text ? start : new HtmlState { Spot = HtmlSpot.Unknown });
        return HtmlState.Join(start, end);
    }

    private static HtmlState WalkCycle(CycleNode cycle, HtmlState start)
    {
        cycle.Place = PlaceResolver.Resolve(start);
        var after = PlaceResolver.After(start);
        HtmlState? end = null;
        foreach (var literal in cycle.Literals)
        {
            var branchEnd = literal is null ? after : HtmlTokenizer.Read(start, literal);
            end = end is { } other ? HtmlState.Join(other, branchEnd) : branchEnd;
        }

        return end ?? start;
    }

    private HtmlState CheckPartial(HtmlState state, int position) => IsText(state)
        ? state
        : throw new LiquidParseException(
            LiquidErrorCode.UnsafePlace, "a partial inside a tag, a style or a script", "partials in the text of the HTML only, or 'capture' around it", _source, position);

    /// <summary>An output in a loop is seen several times; the last time is what counts.</summary>
    private void Note(OutputPlace place, int position)
    {
        _problems.Remove(position);
        if (place.Problem is not null) _problems[position] = LiquidWarning.At(LiquidWarningCode.DoubtfulPlace, place.Problem, place.Hint!, _source, position);
    }
}
