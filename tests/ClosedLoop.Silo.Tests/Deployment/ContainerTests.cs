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

    /// <summary>A setting that nobody knows ends the program, so a wrong name here would keep the container from starting.</summary>
    private static void AssertKnown(string text)
    {
        foreach (var key in Setting().Matches(text).Select(match => match.Groups["key"].Value.Replace("__", ":", StringComparison.Ordinal)))
        {
            var value = key switch { "Delivery:Mode" => "Sink", "Log:Format" => "Json", "Telemetry:Metrics" => "All", _ => "http://127.0.0.1:8080" };
            _ = SharedOptions.Settings(data: null, [$"{key}={value}"]);
        }
    }

    [GeneratedRegex("ClosedLoop__(?<key>[A-Za-z]+(__[A-Za-z]+)*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Setting();
}
