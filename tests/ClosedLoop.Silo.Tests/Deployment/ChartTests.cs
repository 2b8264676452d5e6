using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClosedLoop.Silo.Tests.Deployment;

/// <summary>The chart makes what a cluster's own rules ask for.</summary>
public sealed class ChartTests
{
    [NeedsPythonFact("yaml")]
    public async Task The_pod_is_one_is_not_root_writes_in_its_volume_only_and_is_probed()
    {
        var set = (await RenderAsync()).Single(part => part.At("kind").GetString() == "StatefulSet");
        var container = set.At("spec", "template", "spec", "containers", "0");

        Assert.Equal(1, set.At("spec", "replicas").GetInt32());
        Assert.True(set.At("spec", "template", "spec", "securityContext", "runAsNonRoot").GetBoolean());
        Assert.True(container.At("securityContext", "readOnlyRootFilesystem").GetBoolean());
        Assert.False(container.At("securityContext", "allowPrivilegeEscalation").GetBoolean());
        Assert.Equal("ALL", container.At("securityContext", "capabilities", "drop", "0").GetString());
        Assert.Equal("/startupz", container.At("startupProbe", "httpGet", "path").GetString());
        Assert.Equal("/healthz", container.At("livenessProbe", "httpGet", "path").GetString());
        Assert.Equal("/readyz", container.At("readinessProbe", "httpGet", "path").GetString());
        Assert.True(set.At("spec", "template", "spec", "terminationGracePeriodSeconds").GetInt32() >= 60);
        Assert.Equal("1Gi", container.At("resources", "limits", "memory").GetString());
        Assert.False(container.TryGetProperty("envFrom", out _));
        Assert.DoesNotContain(container.At("env").EnumerateArray(), variable => variable.At("name").GetString() == "OTEL_EXPORTER_OTLP_ENDPOINT");
    }

    [NeedsPythonFact("yaml")]
    public async Task Selectors_meet_the_labels_of_the_pod_and_the_network_is_shut_but_for_what_is_named()
    {
        var parts = await RenderAsync();
        var labels = parts.Single(part => part.At("kind").GetString() == "StatefulSet").At("spec", "template", "metadata", "labels").GetRawText();

        Assert.Equal(["NetworkPolicy", "PodDisruptionBudget", "Service", "StatefulSet"], parts.Select(part => part.At("kind").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal(labels, Part("Service").At("spec", "selector").GetRawText());
        Assert.Equal(labels, Part("PodDisruptionBudget").At("spec", "selector", "matchLabels").GetRawText());
        Assert.Equal(labels, Part("NetworkPolicy").At("spec", "podSelector", "matchLabels").GetRawText());
        Assert.Equal(["Ingress", "Egress"], Part("NetworkPolicy").At("spec", "policyTypes").EnumerateArray().Select(type => type.GetString()));
        Assert.Contains(Part("NetworkPolicy").At("spec", "egress", "0", "ports").EnumerateArray(), port => port.At("port").GetInt32() == 25);

        JsonElement Part(string kind) => parts.Single(part => part.At("kind").GetString() == kind);
    }

    [NeedsPythonFact("yaml")]
    public async Task No_port_named_means_names_only_and_not_everything()
    {
        var policy = (await RenderAsync(values => values["network"]!["egressPorts"] = new JsonArray())).Single(part => part.At("kind").GetString() == "NetworkPolicy");
        var rule = Assert.Single(policy.At("spec", "egress").EnumerateArray());
        Assert.Equal([53, 53], rule.At("ports").EnumerateArray().Select(port => port.At("port").GetInt32()));
    }

    [NeedsPythonFact("yaml")]
    public async Task A_release_of_any_name_brings_no_variables_that_the_program_takes_for_options()
    {
        var set = (await RenderAsync()).Single(part => part.At("kind").GetString() == "StatefulSet");
        Assert.False(set.At("spec", "template", "spec", "enableServiceLinks").GetBoolean());
    }

    [NeedsPythonFact("yaml")]
    public async Task The_schema_knows_the_values_there_are_and_no_others()
    {
        using var schema = JsonDocument.Parse(await File.ReadAllTextAsync(Repository.PathOf("deploy", "helm", "closedloop", "values.schema.json")));
        AssertSame(schema.RootElement, (await YamlText.ReadAsync("deploy", "helm", "closedloop", "values.yaml"))[0], "values");

        static void AssertSame(JsonElement schema, JsonElement values, string at)
        {
            if (!schema.TryGetProperty("properties", out var known)) return;
            Assert.False(schema.At("additionalProperties").GetBoolean(), at);
            Assert.Equal(values.EnumerateObject().Select(value => value.Name).Order(StringComparer.Ordinal), known.EnumerateObject().Select(one => one.Name).Where(name => name != "global").Order(StringComparer.Ordinal));
            foreach (var one in values.EnumerateObject()) AssertSame(known.At(one.Name), one.Value, $"{at}.{one.Name}");
        }
    }

    [NeedsPythonFact("yaml")]
    public async Task A_secret_and_a_collector_are_handed_on()
    {
        var set = (await RenderAsync(values =>
        {
            values["secret"] = "passwords";
            values["otlpEndpoint"] = "http://collector:4317";
            values["storage"]!["className"] = "fast";
        })).Single(part => part.At("kind").GetString() == "StatefulSet");
        var container = set.At("spec", "template", "spec", "containers", "0");

        Assert.Equal("passwords", container.At("envFrom", "0", "secretRef", "name").GetString());
        Assert.Contains(container.At("env").EnumerateArray(), variable => variable.At("value").GetString() == "http://collector:4317");
        Assert.Equal("fast", set.At("spec", "volumeClaimTemplates", "0", "spec", "storageClassName").GetString());
    }

    [NeedsPythonFact("yaml")]
    public async Task The_dashboard_is_shut_until_it_has_an_address_and_then_open_to_the_proxy_only()
    {
        var closed = await RenderAsync();
        Assert.DoesNotContain("Operator__Listen", JsonSerializer.Serialize(closed), StringComparison.Ordinal);
        Assert.Single(Part(closed, "Service").At("spec", "ports").EnumerateArray());
        Assert.Single(Part(closed, "NetworkPolicy").At("spec", "ingress").EnumerateArray());

        var open = await RenderAsync(values =>
        {
            values["dashboard"]!["url"] = "https://ops.example.org";
            values["dashboard"]!["adminSecret"] = "first";
        });
        var pod = Part(open, "StatefulSet").At("spec", "template", "spec");
        var settings = pod.At("containers", "0", "env").EnumerateArray().ToDictionary(variable => variable.At("name").GetString()!, variable => variable.At("value").GetString(), StringComparer.Ordinal);
        Assert.Equal(("http://0.0.0.0:8081", "https://ops.example.org"), (settings["ClosedLoop__Operator__Listen"], settings["ClosedLoop__Operator__Address"]));
        Assert.StartsWith(pod.At("containers", "0", "volumeMounts", "2", "mountPath").GetString() + "/", settings["ClosedLoop__Operator__FirstAdmin__PasswordFile"]!, StringComparison.Ordinal);
        Assert.Contains(pod.At("volumes").EnumerateArray(), volume => volume.TryGetProperty("secret", out var secret) && secret.At("secretName").GetString() == "first");
        Assert.Equal(8081, Part(open, "Service").At("spec", "ports", "1", "port").GetInt32());
        var way = Part(open, "NetworkPolicy").At("spec", "ingress", "1");
        Assert.Equal(8081, way.At("ports", "0", "port").GetInt32());
        Assert.Equal("ingress-nginx", Assert.Single(way.At("from").EnumerateArray()).At("namespaceSelector", "matchLabels", "kubernetes.io/metadata.name").GetString());

        static JsonElement Part(IReadOnlyList<JsonElement> parts, string kind) => parts.Single(part => part.At("kind").GetString() == kind);
    }

    private static async Task<IReadOnlyList<JsonElement>> RenderAsync(Action<JsonNode>? change = null)
    {
        var values = JsonNode.Parse((await YamlText.ReadAsync("deploy", "helm", "closedloop", "values.yaml"))[0].GetRawText())!;
        change?.Invoke(values);
        var chart = new ChartText(JsonSerializer.SerializeToElement(values), "news");
        var templates = Directory.EnumerateFiles(Repository.PathOf("deploy", "helm", "closedloop", "templates"), "*.yaml").Order(StringComparer.Ordinal).Select(File.ReadAllText);
        return await YamlText.ParseAsync(string.Join("---\n", templates.Select(chart.Render)));
    }
}
