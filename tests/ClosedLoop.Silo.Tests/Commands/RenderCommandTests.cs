using System.Diagnostics;
using System.Text;
using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Commands;

/// <summary>As a process of its own, because the bytes go past the console's writer.</summary>
public sealed class RenderCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Hi {{ name | upcase }}, {{ list[1].x }}", "{\"name\": \"ä<b>\", \"list\": [1, {\"x\": 2.50}]}", "Hi Ä<B>, 2.5")]
    [InlineData("<a title={{ name }}>", "{\"name\": \"a b\"}", "<a title=a&#32;b>", "--escape", "html")]
    [InlineData("{NAME} {nobody}", "{\"name\": \"{nobody}\"}", "{nobody} {nobody}", "--dialect", "campaign")]
    [InlineData("${Name}$\n", "{\"name\": \"x\"}", "x\n", "--dialect", "contactlab")]
    [InlineData("{product:ids#2:name} {recommendation:ids:name}", "{\"ids\": \"1,2\", \"products\": {\"1\": {}, \"2\": {\"name\": \"Pot\"}}, \"recommendations\": {\"1\": [\"2\"]}}", "Pot Pot", "--dialect", "campaign")]
    [InlineData("{% assign all = ids | products %}{% for p in all %}{{ p.id }}{{ p.name }} {% endfor %}", "{\"email\": \"a@b.example\", \"products\": {\"1\": {\"name\": \"Cup\"}}, \"mapping\": {\"a@b.example\": \"9,1\"}}", "1Cup ")]
    [InlineData("{% for p in products %}{{ p }}{% endfor %}", "{\"products\": [\"a\", \"b\"]}", "ab")]
    [InlineData("{% render 'row', a: 1 %}{% include 'head.txt' %}", "{}", "[1]top", "--partials", ".")]
    public async Task The_result_is_written_byte_for_byte(string template, string data, string expected, params string[] options)
    {
        _folder.Write("row.liquid", "[{{ a }}]");
        _folder.Write("head.txt", "top");
        var run = await RunAsync(template, data, options);
        Assert.Equal((ExitCode.Ok, ""), (run.Code, run.Error));
        Assert.Equal(Encoding.UTF8.GetBytes(expected), run.Output);
    }

    [Theory]
    [InlineData("a\n{{ x | }}", "{}", "LQ100", "{{ x | }}")]
    [InlineData("{{ nane }}", "{\"name\": 1}", "LQ105", "{{ nane }}", "--strict")]
    [InlineData("{{ name | nosuch }}", "{\"name\": 1}", "LQ104", "{{ name | nosuch }}", "--strict")]
    [InlineData("{% render '../secret' %}", "{}", "LQ203", "{% render '../secret' %}", "--partials", ".")]
    [InlineData("<% x %>", "{}", "LQ108", "<% x %>", "--dialect", "contactlab")]
    [InlineData("x", "[1]", "CL2014", "")]
    [InlineData("x", "{\"a\": ", "CL2014", "")]
    public async Task A_fault_goes_to_standard_error_and_is_6(string template, string data, string code, string line, params string[] options)
    {
        var run = await RunAsync(template, data, options);
        Assert.Equal((ExitCode.InvalidData, 0), (run.Code, run.Output.Length));
        Assert.Contains(code, run.Error, StringComparison.Ordinal);
        Assert.Contains(line, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Large_and_deep_data_is_read_or_refused_with_a_code()
    {
        var large = "{\"a\": [" + string.Join(',', Enumerable.Range(0, 300_000)) + "]}";
        Assert.Equal("300000 299999", Encoding.UTF8.GetString((await RunAsync("{{ a.size }} {{ a.last }}", large)).Output));
        Assert.Equal("1", Encoding.UTF8.GetString((await RunAsync("{{ a.size }}", "{\"a\": " + new string('[', 90) + new string(']', 90) + "}")).Output));
        var deep = await RunAsync("x", "{\"a\": " + new string('[', 500) + new string(']', 500) + "}");
        Assert.Equal((ExitCode.InvalidData, true), (deep.Code, deep.Error.Contains("LQ110", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_4()
    {
        Assert.Equal(ExitCode.NotFound, (await Cli.RunAsync("render", Path.Combine(_folder.Path, "none.liquid"))).ExitCode);
        _folder.Write("t.liquid", "x");
        Assert.Equal(ExitCode.NotFound, (await Cli.RunAsync("render", Path.Combine(_folder.Path, "t.liquid"), "--data", Path.Combine(_folder.Path, "none.json"))).ExitCode);
        Assert.Equal(ExitCode.Usage, (await Cli.RunAsync("render", Path.Combine(_folder.Path, "t.liquid"), "--escape", "all")).ExitCode);
    }

    private async Task<(int Code, byte[] Output, string Error)> RunAsync(string template, string data, params string[] options)
    {
        _folder.Write("t.liquid", template);
        _folder.Write("d.json", data);
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, "render", "t.liquid", "--data", "d.json", .. options])
        {
            WorkingDirectory = _folder.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        return (process.ExitCode, output.ToArray(), await error);
    }
}
