using ClosedLoop.Data.Alarms;
using ClosedLoop.Data.Guard;
using ClosedLoop.Silo.Guarding;
using ClosedLoop.Silo.Watching;

namespace ClosedLoop.Silo.Operator;

/// <summary>GET <c>/readyz</c>: whether the service does its work, for probes. Counts only, since anybody can ask.</summary>
internal static class ReadinessEndpoint
{
    public static void MapReadiness(this WebApplication app) => app.MapGet("/readyz", (AlarmStore alarms, InstanceStore instance, IHostApplicationLifetime lifetime) =>
    {
        var held = instance.Read()?.HeldAt is not null;
        var violations = alarms.All(BalanceWatch.Scope).Count;
        var others = alarms.All().Count - violations - alarms.All(InstanceGuard.Scope).Count;

        // A service that has been asked to stop ends what it has begun, and wants nothing new.
        var draining = lifetime.ApplicationStopping.IsCancellationRequested;
        var ready = !held && violations == 0 && !draining;
        return Results.Json(new { ready, held, draining, violations, alarms = others }, statusCode: ready ? 200 : 503);
    });
}
