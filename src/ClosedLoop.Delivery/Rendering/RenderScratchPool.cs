using System.Collections.Concurrent;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>Render buffers, as many as there are renders at the same time.</summary>
internal static class RenderScratchPool
{
    private static readonly ConcurrentBag<RenderScratch> Pool = [];

    public static RenderScratch Rent() => Pool.TryTake(out var scratch) ? scratch : new RenderScratch();

    public static void Return(RenderScratch scratch)
    {
        scratch.State.Collected = null;
        Pool.Add(scratch);
    }
}
