using System.Text.Json;
using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Tests.Definitions;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Commands;

/// <summary>Scripts depend on these numbers.</summary>
[Collection("console and environment")]
public sealed class ExitCodeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Data => Path.Combine(_folder.Path, "data");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("CL2001: closedloop users is followed by one of ls, add, role, reset, disable, enable; 'show' is none of them.", "users", "show", "1", "--data", "x")]
    [InlineData("CL2001: closedloop users is followed by one of ls, add, role, reset, disable, enable; none was given.", "users")]
    [InlineData("See closedloop gdpr erase --help.", "gdpr", "erase")]
    public async Task Who_cannot_be_understood_is_told_what_is_expected(string line, params string[] args)
    {
        var run = await Cli.RunAsync(args);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(line, run.Error.ReplaceLineEndings("\n").Split('\n'));
        Assert.InRange(run.Error.ReplaceLineEndings("\n").Trim().Split('\n').Length, 2, 3);
    }

    [Fact]
    public async Task Quiet_and_without_colour_go_with_every_command()
    {
        var run = await Cli.RunAsync("status", "--quiet", "--no-color", "--data", Data);
        Assert.Equal(4, run.ExitCode);
        Assert.Contains("CL2007", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("check")]
    [InlineData("status", "--no-such-option")]
    [InlineData("files", "retry", "first")]
    public async Task A_command_line_that_cannot_be_read_is_2(params string[] args)
    {
        var run = await Cli.RunAsync(args);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.StartsWith("CL2001: ", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Theory]
    [InlineData("19")]
    [InlineData("10000001")]
    public async Task A_demonstration_of_the_wrong_size_is_2(string recipients)
    {
        var run = await Cli.RunAsync("demo", "--recipients", recipients, "--data", Data);
        Assert.Equal((ExitCode.Usage, true), (run.ExitCode, run.Error.StartsWith("CL2010: ", StringComparison.Ordinal)));
        Assert.False(Directory.Exists(Data));
    }

    [Theory]
    [InlineData("--temporary-percent", "101")]
    [InlineData("--messages-per-connection", "-1")]
    [InlineData("--rule", "bad=explode")]
    [InlineData("--without", "TLS")]
    public async Task A_sink_that_is_to_do_what_it_cannot_is_2(string option, string value)
    {
        var run = await Cli.RunAsync("sink", option, value, "--data", Data);
        Assert.Equal((ExitCode.Usage, true), (run.ExitCode, run.Error.StartsWith("CL2015: ", StringComparison.Ordinal)));
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task A_folder_to_verify_that_does_not_exist_is_4_and_one_without_manifest_6()
    {
        var absent = await Cli.RunAsync("export", "verify", Path.Combine(_folder.Path, "absent"));
        Assert.Equal((ExitCode.NotFound, true), (absent.ExitCode, absent.Error.StartsWith("CL2006: ", StringComparison.Ordinal)));
        var empty = await Cli.RunAsync("export", "verify", _folder.Path);
        Assert.Equal((ExitCode.InvalidData, true), (empty.ExitCode, empty.Error.StartsWith("CL2910: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Definitions_that_cannot_be_used_are_3()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Data, "faulty", "oak"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "client.json"), "{ \"id\": 1 }");

        var run = await Cli.RunAsync("apply", folder.Parent!.FullName, "--data", Data);

        Assert.Equal((ExitCode.Configuration, true), (run.ExitCode, run.Error.StartsWith("CL3020: ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Delivery:Mode=Loud")]
    [InlineData("Sink:Port=0")]
    [InlineData("Nothing=1")]
    public async Task Settings_that_cannot_be_used_are_3(string set)
    {
        var run = await Cli.RunAsync("serve", "--data", Data, "--set", set);
        Assert.Equal((ExitCode.Configuration, true), (run.ExitCode, run.Error.StartsWith("CL3010: ", StringComparison.Ordinal)));
        Assert.False(Directory.Exists(Data));
    }

    [Theory]
    [InlineData("status")]
    [InlineData("files", "ls")]
    [InlineData("export", "rebuild", "1", "there")]
    public async Task No_installation_is_4(params string[] args)
    {
        var run = await Cli.RunAsync([.. args, "--data", Data]);
        Assert.Equal((ExitCode.NotFound, true), (run.ExitCode, run.Error.StartsWith("CL2007: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task No_such_file_is_4()
    {
        var run = await Cli.RunAsync("check", Path.Combine(_folder.Path, "nothing.csv"));
        Assert.Equal((ExitCode.NotFound, true), (run.ExitCode, run.Error.StartsWith("CL2006: ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("files", "retry", "1")]
    [InlineData("mailings", "pause", "71000000001")]
    [InlineData("export", "run", "demo")]
    public async Task A_command_for_a_service_that_never_ran_is_5(params string[] args)
    {
        var run = await Cli.RunAsync([.. args, "--data", Data]);
        Assert.Equal((ExitCode.Temporary, true), (run.ExitCode, run.Error.StartsWith("CL2008: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_file_with_faults_is_6_and_the_report_says_where()
    {
        var file = _folder.Write("20260302091000_subscribers.csv", "a@example.org;71000000100;501;;;\nnobody;71000000100;501;;;\n");
        var run = await Cli.RunAsync("check", file, "--json");
        Assert.Equal(ExitCode.InvalidData, run.ExitCode);
        using var report = JsonDocument.Parse(run.Out);
        var problem = report.RootElement.GetProperty("files")[0].GetProperty("problems")[0];
        Assert.Equal(("E202", 2, 1), (problem.GetProperty("code").GetString(), problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32()));
    }

    [Fact]
    public async Task A_good_file_is_0_with_the_contract_of_a_folder()
    {
        DefinitionFiles.Write(_folder);
        var file = _folder.Write("20260302091000_subscribers.csv", "a@example.org;71000000100;501;;Anna;\n");
        var run = await Cli.RunAsync("check", file, "--contract", _folder.Path);
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.Contains("1 records, 1 accepted, 0 skipped", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Applying_twice_stores_once()
    {
        DefinitionFiles.Write(_folder);
        var first = await Cli.RunAsync("apply", _folder.Path, "--data", Data, "--json");
        var second = await Cli.RunAsync("apply", _folder.Path, "--data", Data, "--json");
        Assert.Equal((ExitCode.Ok, ExitCode.Ok), (first.ExitCode, second.ExitCode));
        Assert.Equal([(1, true), (1, true)], Applied(first.Out));
        Assert.Equal([(1, false), (1, false)], Applied(second.Out));
        Assert.Equal(ExitCode.Ok, (await Cli.RunAsync("status", "--data", Data)).ExitCode);
    }

    private static List<(int Version, bool Changed)> Applied(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.GetProperty("applied").EnumerateArray().Select(item => (item.GetProperty("version").GetInt32(), item.GetProperty("changed").GetBoolean()))];
    }
}
