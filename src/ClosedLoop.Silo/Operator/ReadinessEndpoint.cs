using ClosedLoop.Data.Alarms;
using ClosedLoop.Data.Guard;
using ClosedLoop.Model.Draining;
using ClosedLoop.Operations.Hosting;
using ClosedLoop.Silo.Guarding;
using ClosedLoop.Silo.Watching;

namespace ClosedLoop.Silo.Operator;

/// <summary>What probes ask, on either listener and without signing in: counts only, since anybody can ask.</summary>
internal static class ReadinessEndpoint
{
    public static void MapReadiness(this WebApplication app)
    {
        var probes = app.MapGroup("").AllowAnonymous().WithMetadata(new OnListener(ListenerKind.Both));

        // Whether the process itself is alive: asks neither database nor network, or an outage there would restart every silo.
        probes.MapGet("/healthz", () => Results.Text("ok")).ExcludeFromDescription();
        probes.MapGet("/startupz", (IHostApplicationLifetime lifetime) => lifetime.ApplicationStarted.IsCancellationRequested ? Results.Text("ok") : Results.StatusCode(503)).ExcludeFromDescription();

        // Whether the service does its work.
        probes.MapGet("/readyz", (AlarmStore alarms, InstanceStore instance, DrainSwitch drain, IHostApplicationLifetime lifetime) =>
        {
            var held = instance.Read()?.HeldAt is not null;
            var violations = alarms.All(BalanceWatch.Scope).Count;
            var others = alarms.All().Count - violations - alarms.All(InstanceGuard.Scope).Count;

            // A service that has been asked to stop ends what it has begun, and wants nothing new.
            var stopping = lifetime.ApplicationStopping.IsCancellationRequested;

            // One that is drained from the dashboard stays ready until then: it takes opens and clicks, and nobody else may be there to take them.
            var ready = !held && violations == 0 && !stopping;
            return Results.Json(new { ready, held, draining = stopping || drain.IsOn, violations, alarms = others }, statusCode: ready ? 200 : 503);
        }).ExcludeFromDescription();
    }
}
