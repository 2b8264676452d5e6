using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using ClosedLoop.Model.Telemetry;
using ClosedLoop.Silo.Telemetry;

namespace ClosedLoop.Silo.Tests.Telemetry;

/// <summary>All instruments of the program, as its code defines them.</summary>
internal static class Instruments
{
    public static IReadOnlyList<Instrument> All()
    {
        var found = new List<Instrument>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == HouseTelemetry.Name && instrument.Name.StartsWith("closedloop.", StringComparison.Ordinal)) found.Add(instrument);
        };
        listener.Start();
        foreach (var type in Holders()) RuntimeHelpers.RunClassConstructor(type.TypeHandle);

        // Gauges belong to a running service; asked for their values they would need one.
        _ = new QueueMetrics(null!, null!, null!, null!, null!, null!);
        return [.. found.DistinctBy(instrument => instrument.Name)];
    }

    /// <summary>Names in the text form, with the parts of a histogram.</summary>
    public static IReadOnlySet<string> PrometheusNames() => All().SelectMany(instrument =>
    {
        var family = new MetricFamily(instrument).Name;
        return instrument.GetType().GetGenericTypeDefinition() == typeof(Histogram<>) ? new[] { family + "_bucket", family + "_sum", family + "_count" } : [family];
    }).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<Type> Holders() => AppDomain.CurrentDomain.GetAssemblies()
        .Concat(typeof(MetricsPage).Assembly.GetReferencedAssemblies().Where(name => name.Name!.StartsWith("ClosedLoop.", StringComparison.Ordinal)).Select(Assembly.Load))
        .Where(assembly => assembly.GetName().Name is { } name && (name == "closedloop" || name.StartsWith("ClosedLoop.", StringComparison.Ordinal)) && !name.EndsWith(".Tests", StringComparison.Ordinal)).Distinct()
        .SelectMany(assembly => assembly.GetTypes()).Where(type => type.Name.EndsWith("Metrics", StringComparison.Ordinal) && type is { IsAbstract: true, IsSealed: true });
}
