using System.Text.Json;
using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Tests.Definitions;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Commands;

[Collection("console and environment")]
public sealed class LintCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Mailing => Path.Combine(_folder.Path, "oak", "mailings", "spring");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_doubtful_mailing_is_0_and_names_file_line_and_column()
    {
        DefinitionFiles.Write(_folder, text: "Hello\n  {{ fristname }}\n");
        foreach (var target in new[] { Mailing, Path.Combine(Mailing, "mailing.json") })
        {
            var run = await Cli.RunAsync("lint", target);
            Assert.Equal(ExitCode.Ok, run.ExitCode);
            Assert.Contains($"{Path.Combine(Mailing, "body.txt.liquid")}:2:6: warning LW101: unknown variable 'fristname' (W402)", run.Out, StringComparison.Ordinal);
            Assert.Contains("    {{ fristname }}", run.Out, StringComparison.Ordinal);
            Assert.Contains("hint: perhaps 'firstname'", run.Out, StringComparison.Ordinal);
            Assert.Empty(run.Error);
        }
    }

    [Theory]
    [InlineData("{% if firstname %}", DefinitionFiles.Mailing, "LQ102")]
    [InlineData("Hello", "{ \"id\": 1, \"name\": \"Spring\" }", "LT101")]
    [InlineData("Hello", "{ \"id\": 0, \"name\": \"Spring\", \"subject\": \"x\", \"text\": \"nowhere.txt\" }", "LT101")]
    public async Task What_apply_refuses_is_6(string text, string mailing, string code)
    {
        DefinitionFiles.Write(_folder, text: text, mailing: mailing);
        var run = await Cli.RunAsync("lint", Mailing, "--json");
        Assert.Equal(ExitCode.InvalidData, run.ExitCode);
        var report = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal(("closedloop.cli/v1", false), (report.GetProperty("schema").GetString(), report.GetProperty("ok").GetBoolean()));
        Assert.Equal((code, "error"), (report.GetProperty("findings")[0].GetProperty("code").GetString(), report.GetProperty("findings")[0].GetProperty("severity").GetString()));
        Assert.Equal(ExitCode.Configuration, (await Cli.RunAsync("apply", _folder.Path, "--data", Path.Combine(_folder.Path, "data"))).ExitCode);
    }

    [Fact]
    public async Task Names_nobody_knows_are_refused_where_the_client_wants_it()
    {
        DefinitionFiles.Write(_folder, client: DefinitionFiles.Client.Replace("\"key\"", "\"template\": { \"unknown\": \"fail\" }, \"key\"", StringComparison.Ordinal), text: "{{ nobody }}");
        Assert.Equal(ExitCode.InvalidData, (await Cli.RunAsync("lint", Mailing)).ExitCode);
        var apply = await Cli.RunAsync("apply", _folder.Path, "--data", Path.Combine(_folder.Path, "data"));
        Assert.Equal(ExitCode.Configuration, apply.ExitCode);
        Assert.Contains("E402", apply.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_single_template_takes_the_list_of_the_client_above_it_or_of_the_contract()
    {
        DefinitionFiles.Write(_folder);
        _folder.Write("part.html", "<p>{firstname}{nobody}</p>");
        var run = await Cli.RunAsync("lint", Path.Combine(_folder.Path, "part.html"), "--contract", Path.Combine(_folder.Path, "oak"), "--dialect", "campaign");
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Contains("part.html:1:15: warning LW103", run.Out, StringComparison.Ordinal);
        Assert.Contains("1 warnings", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mailing_of_the_installation_is_found_by_number_and_name()
    {
        DefinitionFiles.Write(_folder, text: "{{ nobody }}");
        var data = Path.Combine(_folder.Path, "data");
        Assert.Equal(ExitCode.Ok, (await Cli.RunAsync("apply", _folder.Path, "--data", data)).ExitCode);
        foreach (var name in new[] { "Spring", "71000000100" })
        {
            var run = await Cli.RunAsync("lint", name, "--client", "oak", "--data", data);
            Assert.Equal(ExitCode.Ok, run.ExitCode);
            Assert.Contains("mailing 71000000100 text:1:4: warning LW101", run.Out, StringComparison.Ordinal);
        }

        Assert.Equal(ExitCode.NotFound, (await Cli.RunAsync("lint", "nothing", "--data", data)).ExitCode);
        Assert.Equal(ExitCode.NotFound, (await Cli.RunAsync("lint", "Spring", "--client", "elm", "--data", data)).ExitCode);
    }

    [Fact]
    public async Task An_unknown_dialect_is_2()
    {
        DefinitionFiles.Write(_folder);
        Assert.Equal(ExitCode.Usage, (await Cli.RunAsync("lint", Mailing, "--dialect", "klingon")).ExitCode);
    }
}
