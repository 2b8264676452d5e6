using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Ast;

internal sealed partial class BlockNode
{
    /// <summary>What rendering takes from the limits at most when nothing but <see cref="Fill"/> is needed.</summary>
    public BlockCost Cost => _cost;

    public override BlockCost TotalCost() => _cost + base.TotalCost();

    public static BlockNode Around(Node node) => node as BlockNode ?? new BlockNode([node], default);

    public int StepCount => _steps.Length;

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
        var rest = room;
        var steps = _steps;
        var index = at;
        for (; (uint)index < (uint)steps.Length; index++)
        {
            ref readonly var step = ref steps[index];
            if (!step.Text.TryCopyTo(rest))
            {
                break;
            }

            var next = rest[step.Text.Length..];
            var used = 0;
            if (step.Slot >= 0)
            {
                var text = row.Utf8(step.Slot);
                used = text.Length > step.Longest ? -1
                    : step.Filter is not null ? step.Filter.TryFill(text, next)
                    : text.TryCopyTo(next) ? text.Length
                    : -1;
            }
            else if (step.Node is not null)
            {
                var before = cost;
                used = step.Node.TryFill(row, next, ref cost);
                if (used < 0)
                {
                    cost = before;
                }
            }

            if (used < 0)
            {
                break;
            }

            rest = next[used..];
        }

        at = index;
        return room.Length - rest.Length;
    }

    /// <summary>Renders the steps from this one on. What the block costs was taken before.</summary>
    public Completion RenderFrom(int at, RenderContext context, ref Utf8Writer output)
    {
        while (true)
        {
            if (context.Row is { } row)
            {
                var cost = default(BlockCost);
                output.Advance(Fill(row, output.Free, ref at, ref cost));
                context.Budget.Take(cost);
            }

            if (at == _steps.Length)
            {
                return Completion.Normal;
            }

            var completion = RenderStep(_steps[at++], context, ref output);
            if (completion != Completion.Normal)
            {
                return completion;
            }
        }
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
