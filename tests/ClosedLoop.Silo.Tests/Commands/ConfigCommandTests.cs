using System.Text.Json;
using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace ClosedLoop.Silo.Tests.Commands;

[Collection("console and environment")]
public sealed class ConfigCommandTests
{
    [Fact]
    public async Task Every_setting_is_shown_with_its_source_and_secrets_are_not()
    {
        var shown = await Cli.RunAsync("config", "show", "--json", "--set", "Delivery:GroupSize=4", "--set", "Database:ConnectionString=Host=db;Password=hidden", "--set", "Delivery:Dkim:0:Domain=example.org");
        using var document = JsonDocument.Parse(shown.Out);
        var settings = document.RootElement.GetProperty("settings").EnumerateArray().ToDictionary(entry => entry.GetProperty("key").GetString()!);

        Assert.Equal(("4", "command line"), (settings["ClosedLoop:Delivery:GroupSize"].GetProperty("value").GetString(), settings["ClosedLoop:Delivery:GroupSize"].GetProperty("source").GetString()));
        Assert.Equal("default", settings["ClosedLoop:Delivery:InDoubtWindow"].GetProperty("source").GetString());
        Assert.Equal("example.org", settings["ClosedLoop:Delivery:Dkim:0:Domain"].GetProperty("value").GetString());
        Assert.DoesNotContain("hidden", shown.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_of_the_settings_are_listed_at_once()
    {
        var validated = await Cli.RunAsync("config", "validate", "--set", "Sink:Port=0", "--set", "Sink:RetentionDays=3651", "--set", "Delivery:GroupSize=0");
        Assert.Equal(ExitCode.Configuration, validated.ExitCode);
        Assert.Equal(3, validated.Out.TrimEnd().Split('\n').Length);
        Assert.Equal(ExitCode.Ok, (await Cli.RunAsync("config", "validate")).ExitCode);
    }

    [Fact]
    public async Task What_init_writes_is_the_default_and_is_not_overwritten()
    {
        using var folder = new TempFolder();
        Assert.Equal(ExitCode.Ok, (await Cli.RunAsync("init", folder.Path)).ExitCode);
        Assert.Equal(ExitCode.Refused, (await Cli.RunAsync("init", folder.Path)).ExitCode);
        Assert.Equal(ExitCode.Ok, (await Cli.RunAsync("init", folder.Path, "--force")).ExitCode);
        var read = new ConfigurationBuilder().AddJsonFile(Path.Combine(folder.Path, "appsettings.json")).Build().GetSection(SiloSettings.Section).Get<SiloSettings>(options => options.ErrorOnUnknownConfiguration = true)!;
        Assert.Equal(new SiloSettings().Delivery with { Dkim = read.Delivery.Dkim }, read.Delivery);
        Assert.Equal(new SiloSettings().Log, read.Log);
        Assert.Empty(SettingsValidator.Validate(read));
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _closedloop closedloop")]
    [InlineData("zsh", "#compdef closedloop")]
    [InlineData("fish", "complete -c closedloop")]
    public async Task A_script_for_each_shell_asks_the_program_itself(string shell, string line)
    {
        var script = await Cli.RunAsync("completion", shell);
        Assert.Contains(line, script.Out, StringComparison.Ordinal);
        Assert.Contains("[suggest:", script.Out, StringComparison.Ordinal);
        Assert.Contains("mailings", (await Cli.RunAsync("[suggest:14]", "closedloop mai")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bar_says_how_far_how_fast_and_how_long() =>
        Assert.Equal("sent ▕██████████░░░░░░░░░░▏ 50 % 100/s ETA 0:05", ProgressLine.Text("sent", 500, 1000, TimeSpan.FromSeconds(5)));
}
