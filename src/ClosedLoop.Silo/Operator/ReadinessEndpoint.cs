using ClosedLoop.Data.Alarms;
using ClosedLoop.Data.Guard;
using ClosedLoop.Silo.Guarding;
using ClosedLoop.Silo.Watching;

namespace ClosedLoop.Silo.Operator;

/// <summary>GET <c>/readyz</c>: whether the service does its work, for probes. Counts only, since anybody can ask.</summary>
internal static class ReadinessEndpoint
{
    public static void MapReadiness(this WebApplication app) => app.MapGet("/readyz", (AlarmStore alarms, InstanceStore instance) =>
    {
        var held = instance.Read()?.HeldAt is not null;
        var violations = alarms.All(BalanceWatch.Scope).Count;
        var others = alarms.All().Count - violations - alarms.All(InstanceGuard.Scope).Count;
        return Results.Json(new { ready = !held && violations == 0, held, violations, alarms = others }, statusCode: !held && violations == 0 ? 200 : 503);
    });
}
