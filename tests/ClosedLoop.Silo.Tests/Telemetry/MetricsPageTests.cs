using System.Diagnostics.Metrics;
using ClosedLoop.Delivery.Telemetry;
using ClosedLoop.Model.Telemetry;
using ClosedLoop.Silo.Telemetry;

namespace ClosedLoop.Silo.Tests.Telemetry;

public sealed class MetricsPageTests
{
    [Fact]
    public void Counters_gauges_and_histograms_stand_in_the_text_form()
    {
        using var page = new MetricsPage();
        var counter = HouseTelemetry.Meter.CreateCounter<long>("test.things", "{thing}", "Things.");
        var histogram = HouseTelemetry.Meter.CreateHistogram<double>("test.duration", "s", "Time.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 10] });
        HouseTelemetry.Meter.CreateObservableGauge("test.room", () => 42L, "By", "Room.");
        counter.Add(2, new KeyValuePair<string, object?>("kind", "a \"b\"\n"));
        counter.Add(3, new KeyValuePair<string, object?>("kind", "c"));
        foreach (var value in new[] { 0.5, 1, 5, 100 }) histogram.Record(value);

        var text = page.Write();

        Assert.Contains("# HELP test_things_total Things.\n# TYPE test_things_total counter\ntest_things_total{kind=\"a \\\"b\\\"\\n\"} 2\ntest_things_total{kind=\"c\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("test_duration_seconds_bucket{le=\"1\"} 2\ntest_duration_seconds_bucket{le=\"10\"} 3\ntest_duration_seconds_bucket{le=\"+Inf\"} 4\ntest_duration_seconds_sum 106.5\ntest_duration_seconds_count 4\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE test_room_bytes gauge\ntest_room_bytes 42\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_series_that_is_known_is_counted_without_garbage()
    {
        using var page = new MetricsPage();
        var counter = HouseTelemetry.Meter.CreateCounter<long>("test.garbage");
        void Count() => counter.Add(1, new("outcome", "sent"), new("provider", "other"), new("channel", "mail"));
        for (var i = 0; i < 100; i++) Count();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) Count();

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
        Assert.Contains("test_garbage_total{outcome=\"sent\",provider=\"other\",channel=\"mail\"} 1100\n", page.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_label_too_many_makes_no_further_series()
    {
        using var page = new MetricsPage();
        var counter = HouseTelemetry.Meter.CreateCounter<long>("test.crowd");
        for (var i = 0; i <= MetricFamily.MostSeries; i++) counter.Add(1, new KeyValuePair<string, object?>("n", i));
        Assert.Equal(MetricFamily.MostSeries, page.Write().Split('\n').Count(line => line.StartsWith("test_crowd_total{", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("anna@gmail.com", "google")]
    [InlineData("anna@GMX.de", "united-internet")]
    [InlineData("anna@berg-family.example", "other")]
    public void A_domain_is_told_by_its_provider_only(string address, string group) => Assert.Equal(group, ProviderGroup.Of(address));
}
