using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Ast;

internal sealed partial class BlockNode
{
    /// <summary>What the block takes from the limits, besides what the nodes inside it take themselves.</summary>
    public BlockCost Cost => _cost;

    public override BlockCost TotalCost() => _cost + base.TotalCost();

    public static BlockNode Around(Node node) => node as BlockNode ?? new BlockNode([node], default);

    public int StepCount => _steps.Length;

    public override bool MayFill => Array.TrueForAll(_steps, s => s.MayFill);

    public override int TryFill(LiquidRow row, scoped Span<byte> room, ref BlockCost cost)
    {
        cost += _cost;
        var at = 0;
        var used = Fill(row, room, ref at, ref cost);
        return at == _steps.Length ? used : -1;
    }

    /// <summary>
    /// Renders steps from the columns alone for as long as that goes and the room suffices. Returns the bytes used; <paramref name="at"/> is
    /// left at the step where it ended.
    /// </summary>
    public int Fill(LiquidRow row, scoped Span<byte> room, ref int at, ref BlockCost cost)
    {
        var used = 0;
        var steps = _steps;
        var index = at;
        for (; (uint)index < (uint)steps.Length; index++)
        {
            ref readonly var step = ref steps[index];
            if (!step.MayFill || !step.Text.TryCopyTo(room, used))
            {
                break;
            }

            var next = used + step.Text.Length;
            if (step.HasMore)
            {
                var added = step.Slot >= 0 ? FillColumn(step, row, room[next..]) : FillNode(step, row, room[next..], ref cost);
                if (added < 0)
                {
                    break;
                }

                next += added;
            }

            used = next;
        }

        at = index;
        return used;
    }

    private static int FillColumn(in BlockStep step, LiquidRow row, scoped Span<byte> room)
    {
        var text = row.Utf8(step.Slot);
        return text.Length > step.Longest ? -1
            : step.Filter is not null ? step.Filter.TryFill(text, room)
            : text.TryCopyTo(room) ? text.Length
            : -1;
    }

    private static int FillNode(in BlockStep step, LiquidRow row, scoped Span<byte> room, ref BlockCost cost)
    {
        var before = cost;
        var used = step.Node!.TryFill(row, room, ref cost);
        if (used < 0)
        {
            // The node is rendered anew, and pays anew.
            cost = before;
        }

        return used;
    }

    /// <summary>Renders the steps from this one on. What the block costs was taken before.</summary>
    public Completion RenderFrom(int at, RenderContext context, ref Utf8Writer output)
    {
        while (at < _steps.Length)
        {
            if (_steps[at].MayFill && context.Row is { } row)
            {
                var cost = default(BlockCost);
                output.Advance(Fill(row, output.Free, ref at, ref cost));
                context.Budget.Take(cost);
                if (at == _steps.Length)
                {
                    break;
                }
            }

            var completion = RenderStep(_steps[at++], context, ref output);
            if (completion != Completion.Normal)
            {
                return completion;
            }
        }

        return Completion.Normal;
    }

    /// <summary>One step with everything it may need: more room, the other data, the limits.</summary>
    private static Completion RenderStep(in BlockStep step, RenderContext context, ref Utf8Writer output)
    {
        output.Write(step.Text.Span);
        if (step.Slot < 0 || context.Row is not { } row || row.Utf8(step.Slot) is var text && text.Length > step.Longest)
        {
            return step.Node?.Render(context, ref output) ?? Completion.Normal;
        }

        if (step.Filter is null)
        {
            output.Write(text);
        }
        else
        {
            step.Filter.Apply(text, ref output);
        }

        return Completion.Normal;
    }
}
