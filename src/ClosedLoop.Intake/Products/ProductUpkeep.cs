using ClosedLoop.Data.Products;
using ClosedLoop.Model;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Intake.Products;

/// <summary>Removes versions of product data that nothing is rendered with any more (closed-loop spec section 18).</summary>
public sealed partial class ProductUpkeep(ProductStore store, TimeProvider time, ILogger<ProductUpkeep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private readonly ILogger _logger = logger;

    /// <summary>Removes what is due now.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var removed = await store.RemoveUnusedAsync(cancellation);
        if (removed > 0) LogRemoved(removed);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RecurringWork.RunAsync(RunAsync, Interval, time, LogBroke, stoppingToken);
}
