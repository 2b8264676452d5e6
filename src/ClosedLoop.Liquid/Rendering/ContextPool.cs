using System.Collections.Concurrent;

namespace ClosedLoop.Liquid.Rendering;

/// <summary>Contexts waiting for the next render; one per thread is reached without touching anything shared.</summary>
internal static class ContextPool
{
    private const int MaxShared = 64;
    private static readonly ConcurrentQueue<RenderContext> Shared = new();

    [ThreadStatic]
    private static RenderContext? _own;

    public static RenderContext Rent()
    {
        var context = _own;
        if (context is not null)
        {
            _own = null;
            return context;
        }

        return Shared.TryDequeue(out context) ? context : new RenderContext();
    }

    public static void Return(RenderContext context)
    {
        context.Close();
        if (_own is null)
        {
            _own = context;
        }
        else if (Shared.Count < MaxShared)
        {
            Shared.Enqueue(context);
        }
    }
}
