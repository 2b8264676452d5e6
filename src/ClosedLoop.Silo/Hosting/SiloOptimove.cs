using ClosedLoop.Optimove;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Hosting;

/// <summary>Connectors to Optimove, from the settings.</summary>
internal static class SiloOptimove
{
    public static OptimoveOptions Options(SiloSettings settings) => new()
    {
        PublicUrl = settings.Optimove.PublicUrl is { } url ? new Uri(url) : new Uri(settings.TrackingBase.GetLeftPart(UriPartial.Authority)),
        BasePath = settings.Optimove.BasePath,
        AllowInside = settings.Optimove.AllowInside,
        SealKeyFile = Path.Combine(settings.KeysPath, "optimove.key"),
        Coalesce = TimeSpan.FromSeconds(settings.Optimove.CoalesceSeconds),
        Flush = TimeSpan.FromSeconds(settings.Optimove.FlushSeconds),
        Feed = TimeSpan.FromSeconds(settings.Optimove.FeedSeconds),
        Backoff = TimeSpan.FromSeconds(settings.Optimove.BackoffSeconds),
        RegistrationMinute = TimeSpan.FromSeconds(settings.Optimove.RetrySeconds),
        RequestTimeout = TimeSpan.FromSeconds(settings.Optimove.RequestSeconds),
        CallsPerSecond = settings.Optimove.CallsPerSecond,
        KeepEvents = TimeSpan.FromDays(settings.Optimove.RetentionDays),
    };
}
