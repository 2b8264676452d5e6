using System.Collections.Concurrent;

namespace ClosedLoop.Liquid.Rendering;

/// <summary>Contexts waiting for the next render; one per thread is reached without touching anything shared.</summary>
internal static class ContextPool
{
    private const int MaxShared = 64;
    private static readonly ConcurrentQueue<RenderContext> Shared = new();

    [ThreadStatic]
    private static RenderContext? t_own;

    public static RenderContext Rent()
    {
        var context = t_own;
        if (context is not null)
        {
            t_own = null;
            return context;
        }

        return Shared.TryDequeue(out context) ? context : new RenderContext();
    }

    public static void Return(RenderContext context)
    {
        context.Close();
        if (t_own is null)
        {
            t_own = context;
        }
        else if (Shared.Count < MaxShared)
        {
            Shared.Enqueue(context);
        }
    }
}
