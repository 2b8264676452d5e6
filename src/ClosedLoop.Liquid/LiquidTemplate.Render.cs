using System.Buffers;
using System.Text;
using ClosedLoop.Liquid.Ast;
using ClosedLoop.Liquid.Rendering;
using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid;

public sealed partial class LiquidTemplate
{
    /// <summary>Room asked for beyond what the last renders took: filling directly asks for more than it uses.</summary>
    private const int SpareRoom = 512;

    /// <summary>Blocks that cost more run with a budget that looks at the clock now and then.</summary>
    private const long MostUnclocked = 10_000;

    /// <summary>Renders for one recipient, as UTF-8.</summary>
    /// <param name="output">On an error holds an unusable beginning.</param>
    /// <param name="row">The recipient's values; null when the template needs none.</param>
    /// <param name="state">Handed on to block handlers.</param>
    /// <param name="ct">Looked at every few hundred steps.</param>
    /// <exception cref="LiquidRenderException">Template and data do not go together, or a limit was crossed.</exception>
    /// <exception cref="LiquidParseException">A partial cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Render(IBufferWriter<byte> output, LiquidRow? row, object? state = null, CancellationToken ct = default) =>
        Run(output, row, data: null, state, ct);

    /// <summary>Renders with data of this render alone, with or without a row; see the other overload for the errors.</summary>
    public void Render(IBufferWriter<byte> output, LiquidData data, LiquidRow? row = null, object? state = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        Run(output, row, data.Root, state, ct);
    }

    /// <summary>Renders to text, with data as <see cref="LiquidData.From"/> takes it.</summary>
    public string RenderToString(object? data = null, LiquidRow? row = null, object? state = null, CancellationToken ct = default)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Run(buffer, row, data is null ? null : LiquidData.From(data).Root, state, ct);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void Run(IBufferWriter<byte> output, LiquidRow? row, LiquidHash? data, object? state, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(output);
        ct.ThrowIfCancellationRequested();
        var writer = new Utf8Writer(output, _unit.Options.Limits.MaxOutputBytes, _sizeHint);
        var at = 0;
        var cost = _block.Cost;
        if (row is not null && _mayFill)
        {
            writer.Advance(_block.Fill(row, writer.Free, ref at, ref cost));
        }

        if (at < _block.StepCount)
        {
            RunFrom(at, cost, ref writer, row, data, state, ct);
        }

        var size = _unit.Options.Limits.MaxOutputBytes - writer.Remaining;
        writer.Flush();
        if (size > _sizeHint - SpareRoom)
        {
            // A guess for the next render; two renders writing it at once do no harm.
            _sizeHint = (int)Math.Min(size + (size / 8) + SpareRoom, int.MaxValue / 4);
        }
    }

    private void RunFrom(int at, BlockCost cost, ref Utf8Writer writer, LiquidRow? row, LiquidHash? data, object? state, CancellationToken ct)
    {
        var options = _unit.Options;
        var context = ContextPool.Rent();
        try
        {
            context.Open(_unit, _source, row, data, _frozen, state);
            context.Budget.Start(options.Limits, options.TimeProvider, ct);
            context.Budget.Take(cost);
            _block.RenderFrom(at, context, ref writer);
        }
        catch (LimitException e)
        {
            throw new LiquidRenderException(e.Code, e.Message, e.Expected, context.Source, context.Position, e);
        }
        finally
        {
            ContextPool.Return(context);
        }
    }
}
