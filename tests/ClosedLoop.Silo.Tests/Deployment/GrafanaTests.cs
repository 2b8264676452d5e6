using System.Text.Json;
using System.Text.RegularExpressions;
using ClosedLoop.Silo.Tests.Telemetry;

namespace ClosedLoop.Silo.Tests.Deployment;

/// <summary>Dashboard and alert rules ask for numbers that the program has.</summary>
public sealed partial class GrafanaTests
{
    [Fact]
    public void Every_metric_of_the_dashboard_is_one_of_ours()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("deploy", "grafana", "closedloop.json")));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().ToList();
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        AssertKnown(panels.SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("expr").GetString()!));
    }

    [NeedsPythonFact("yaml")]
    public async Task Every_alert_asks_for_our_metrics_and_says_what_to_do()
    {
        var rules = (await YamlText.ReadAsync("deploy", "grafana", "alerts.yaml"))[0].At("groups", "0", "rules").EnumerateArray().ToList();
        AssertKnown(rules.Select(rule => rule.At("expr").GetString()!));
        Assert.All(rules, rule => Assert.NotEmpty(rule.At("annotations", "command").GetString()!));
        Assert.All(rules, rule => Assert.Contains(rule.At("labels", "severity").GetString(), new[] { "warning", "critical" }));
    }

    private static void AssertKnown(IEnumerable<string> expressions)
    {
        var known = Instruments.PrometheusNames();
        var asked = expressions.SelectMany(expression => Name().Matches(expression).Select(match => match.Value)).ToList();
        Assert.True(asked.Count > 5);
        Assert.Empty(asked.Except(known, StringComparer.Ordinal));
    }

    [GeneratedRegex("closedloop_[a-z_]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
