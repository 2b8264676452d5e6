using System.Text.RegularExpressions;
using ClosedLoop.Silo.Commands;

namespace ClosedLoop.Silo.Tests.Deployment;

/// <summary>Image and compose file say what the program understands.</summary>
public sealed partial class ContainerTests
{
    [Fact]
    public void The_image_is_not_root_asks_its_own_program_and_sets_settings_that_exist()
    {
        var text = File.ReadAllText(Repository.PathOf("deploy", "container", "Dockerfile"));
        Assert.Matches(@"(?m)^USER \$APP_UID$", text);
        Assert.Contains("CMD [\"dotnet\", \"/app/closedloop.dll\", \"health\"]", text, StringComparison.Ordinal);
        Assert.Contains("STOPSIGNAL SIGTERM", text, StringComparison.Ordinal);
        var keys = Setting().Matches(text).Select(match => match.Groups["key"].Value).ToList();
        Assert.Contains("Log__Format", keys);
        AssertKnown(text);
    }

    [NeedsPythonFact("yaml")]
    public async Task The_compose_file_starts_one_closed_container()
    {
        var compose = (await YamlText.ReadAsync("deploy", "compose.yaml"))[0];
        var service = Assert.Single(compose.At("services").EnumerateObject()).Value;

        Assert.True(service.At("read_only").GetBoolean());
        Assert.Equal("ALL", service.At("cap_drop", "0").GetString());
        Assert.All(service.At("ports").EnumerateArray(), port => Assert.StartsWith("127.0.0.1:", port.GetString(), StringComparison.Ordinal));
        Assert.Equal("health", service.At("healthcheck", "test", "3").GetString());
        Assert.True(File.Exists(Path.Combine(Repository.PathOf("deploy"), service.At("build", "context").GetString()!, service.At("build", "dockerfile").GetString()!)));
        Assert.All(service.At("volumes").EnumerateArray(), volume => Assert.True(compose.At("volumes").TryGetProperty(volume.GetString()!.Split(':')[0], out _)));
        AssertKnown(File.ReadAllText(Repository.PathOf("deploy", "compose.yaml")));
        AssertKnown(File.ReadAllText(Repository.PathOf("deploy", "helm", "closedloop", "templates", "statefulset.yaml")));
    }

    [NeedsPythonFact("yaml")]
    public async Task The_dashboard_of_the_compose_file_is_published_on_loopback_and_says_so_to_the_program()
    {
        foreach (var (file, name) in new[] { ("compose.yaml", "closedloop"), ("compose.cluster.yaml", "ingest") })
        {
            var service = (await YamlText.ReadAsync("deploy", file))[0].At("services", name);
            Assert.Contains("127.0.0.1:${DASHBOARD_PORT:-8081}:8081", service.At("ports").EnumerateArray().Select(port => port.GetString()));
            var listen = service.At("environment", "ClosedLoop__Operator__Listen").GetString()!;
            var address = Default().Match(service.At("environment", "ClosedLoop__Operator__Address").GetString()!).Groups["value"].Value;
            Assert.Equal("http://localhost:8081", address);
            Assert.Empty(Silo.Configuration.SettingsValidator.Validate(SharedOptions.Settings(data: null, [$"Operator:Listen={listen}", $"Operator:Address={address}"])));
        }
    }

    [NeedsPythonFact("yaml")]
    public async Task The_files_of_compose_name_only_what_they_declare_and_what_is_there()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("deploy"), "compose*.yaml"))
        {
            var name = Path.GetFileName(file);
            var compose = (await YamlText.ReadAsync("deploy", name))[0];
            AssertKnown(await File.ReadAllTextAsync(file));
            foreach (var service in compose.At("services").EnumerateObject())
            {
                foreach (var (list, declared) in new[] { ("secrets", "secrets"), ("networks", "networks") })
                {
                    foreach (var used in service.Value.TryGetProperty(list, out var all) ? all.EnumerateArray().ToList() : [])
                        Assert.True(compose.TryGetProperty(declared, out var section) && section.TryGetProperty(used.GetString()!, out _), $"{name}: {service.Name} uses {list} {used}, which the file does not declare");
                }

                foreach (var volume in service.Value.TryGetProperty("volumes", out var volumes) ? volumes.EnumerateArray().Select(one => one.GetString()!.Split(':')[0]).ToList() : [])
                    Assert.True(compose.At("volumes").TryGetProperty(volume, out _), $"{name}: {service.Name} has the volume {volume}, which the file does not declare");
                foreach (var other in service.Value.TryGetProperty("depends_on", out var needed) ? needed.EnumerateObject().Select(one => one.Name).ToList() : [])
                    Assert.True(compose.At("services").TryGetProperty(other, out _), $"{name}: {service.Name} waits for {other}");
                foreach (var port in service.Value.TryGetProperty("ports", out var ports) ? ports.EnumerateArray().Select(one => one.GetString()!).ToList() : [])
                    Assert.True(port.StartsWith("127.0.0.1:", StringComparison.Ordinal) || service.Name == "sftp", $"{name}: {service.Name} publishes {port} to everybody");
            }
        }
    }

    /// <summary>A setting that nobody knows ends the program, so a wrong name here would keep the container from starting.</summary>
    private static void AssertKnown(string text)
    {
        foreach (var key in Setting().Matches(text).Select(match => match.Groups["key"].Value.Replace("__", ":", StringComparison.Ordinal)))
        {
            var value = key switch { "Delivery:Mode" => "Sink", "Log:Format" => "Json", "Telemetry:Metrics" => "All", "Database:Provider" => "Postgres", "Roles" => "all", "Operator:FirstAdmin:Name" => "admin", _ when Flag().IsMatch(key) => "true", _ when Number().IsMatch(key) => "5", _ => "http://127.0.0.1:8080" };
            _ = SharedOptions.Settings(data: null, [$"{key}={value}"]);
        }
    }

    [GeneratedRegex("(Embedded|ListenOnAny)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Flag();

    [GeneratedRegex("(Port|Seconds)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex(":-(?<value>[^}]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Default();

    [GeneratedRegex("ClosedLoop__(?<key>[A-Za-z]+(__[A-Za-z]+)*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Setting();
}
