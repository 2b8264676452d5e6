using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClosedLoop.Silo.Tests.Deployment;

/// <summary>What running the compose files has shown to matter; <c>deploy/try.sh</c> runs them where there is an engine.</summary>
public sealed partial class ComposeTests
{
    [ComposeFact]
    public async Task Compose_takes_every_file_alone_and_laid_over()
    {
        foreach (var files in new[] { ["compose.yaml"], ["compose.cluster.yaml"], new[] { "compose.yaml", "compose.admin.yaml" } })
        {
            using var process = Process.Start(new ProcessStartInfo("docker", ["compose", .. files.SelectMany(file => new[] { "-f", Repository.PathOf("deploy", file) }), "config", "--quiet"]) { RedirectStandardError = true, UseShellExecute = false })!;
            var said = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0 && said.Length == 0, said);
        }
    }

    [NeedsPythonFact("yaml")]
    public async Task Every_container_of_the_program_is_closed_and_is_asked_what_it_can_answer()
    {
        foreach (var (file, name, service) in await ServicesAsync())
        {
            if (!service.At("image").GetString()!.StartsWith("closedloop:", StringComparison.Ordinal)) continue;
            Assert.True(service.TryGetProperty("read_only", out var root) && root.GetBoolean(), $"{file}: {name} writes anywhere");
            Assert.Equal("ALL", service.At("cap_drop", "0").GetString());
            Assert.Equal("no-new-privileges:true", service.At("security_opt", "0").GetString());
            Assert.StartsWith("/tmp:", service.At("tmpfs", "0").GetString(), StringComparison.Ordinal);

            // The image asks over HTTP. What serves none is never healthy by that.
            var serves = !service.TryGetProperty("command", out var command) || command.At("0").GetString() == "serve";
            var asked = service.At("healthcheck", "test").GetRawText();
            Assert.True(serves ? asked.Contains("health", StringComparison.Ordinal) : !asked.Contains("8080", StringComparison.Ordinal), $"{file}: {name} is asked {asked}");
        }
    }

    [NeedsPythonFact("yaml")]
    public async Task Every_image_is_built_from_a_file_that_is_there()
    {
        foreach (var (file, name, service) in await ServicesAsync())
        {
            if (!service.TryGetProperty("build", out var build)) continue;
            var (context, recipe) = build.ValueKind == JsonValueKind.String
                ? (build.GetString()!, "Dockerfile")
                : (build.At("context").GetString()!, build.TryGetProperty("dockerfile", out var named) ? named.GetString()! : "Dockerfile");
            Assert.True(File.Exists(Path.Combine(Repository.PathOf("deploy"), context, recipe)), $"{file}: {name} is built from {context}/{recipe}, which is not there");
        }
    }

    [NeedsPythonFact("yaml")]
    public async Task Files_of_customers_belong_to_the_account_that_the_service_has_in_the_other_containers()
    {
        var services = (await YamlText.ReadAsync("deploy", "compose.cluster.yaml"))[0].At("services");
        Assert.Equal(FolderOf("sftp"), FolderOf("ingest"));
        Assert.Contains($"drop=${{CLOSEDLOOP_DROP:-{FolderOf("sftp")}}}", File.ReadAllText(Repository.PathOf("deploy", "sftp", "add-client.sh")), StringComparison.Ordinal);

        var image = File.ReadAllText(Repository.PathOf("deploy", "sftp", "Containerfile"));
        Assert.Contains("groupadd --gid 1654 closedloop", image, StringComparison.Ordinal);
        Assert.Contains("useradd --uid 1654 --gid 1654", image, StringComparison.Ordinal);

        string FolderOf(string service) => services.At(service, "volumes").EnumerateArray().Select(one => one.GetString()!.Split(':')).Single(one => one[0] == "zones")[1];
    }

    [NeedsPythonFact("yaml")]
    public async Task The_two_compositions_have_names_of_their_own()
    {
        var (one, several) = ((await YamlText.ReadAsync("deploy", "compose.yaml"))[0], (await YamlText.ReadAsync("deploy", "compose.cluster.yaml"))[0]);
        Assert.NotEqual(one.At("name").GetString(), several.At("name").GetString());
        Assert.Equal(one.At("name").GetString(), (await YamlText.ReadAsync("deploy", "compose.admin.yaml"))[0].At("name").GetString());
    }

    [Fact]
    public void The_image_leaves_listening_to_the_program() =>
        Assert.Matches(@"(?m)^ENV ASPNETCORE_HTTP_PORTS= ", File.ReadAllText(Repository.PathOf("deploy", "container", "Dockerfile")));

    [NeedsPythonFact("yaml")]
    public async Task The_script_that_tries_the_files_knows_every_container_and_moves_every_port()
    {
        var script = await File.ReadAllTextAsync(Repository.PathOf("deploy", "try.sh"));
        foreach (var (_, name, service) in await ServicesAsync())
        {
            Assert.Matches($@"\b{Regex.Escape(name)}\b", script);
            foreach (var port in service.TryGetProperty("ports", out var ports) ? ports.EnumerateArray().ToList() : [])
                Assert.Contains($"{Variable().Match(port.GetString()!).Groups["name"].Value}=${{", script, StringComparison.Ordinal);
        }
    }

    private static async Task<IReadOnlyList<(string File, string Name, JsonElement Service)>> ServicesAsync()
    {
        var services = new List<(string, string, JsonElement)>();
        foreach (var file in new[] { "compose.yaml", "compose.cluster.yaml" })
            services.AddRange((await YamlText.ReadAsync("deploy", file))[0].At("services").EnumerateObject().Select(service => (file, service.Name, service.Value)));
        return services;
    }

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+):-", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}
