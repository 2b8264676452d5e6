using System.Diagnostics;
using ClosedLoop.Silo.Tests.Support;

namespace ClosedLoop.Silo.Tests.Deployment;

public sealed class ToolPackageTests
{
    [Fact]
    public async Task Who_writes_files_installs_the_program_as_a_tool_and_checks_one()
    {
        using var folder = new TempFolder();
        var packages = Path.Combine(folder.Path, "packages");
        var tools = Path.Combine(folder.Path, "tools");
        var file = Path.Combine(folder.Path, "20260302091000_subscribers.csv");
        await File.WriteAllTextAsync(file, "anna@example.org;71000000000;1;Ms;Anna;Lee;Aarhus;7\nben@example.org;71000000000\n");

        // As this test was built: packing must not build anything beside running tests.
        var (packed, said) = await RunAsync(folder, "dotnet", "pack", Repository.PathOf("src", "ClosedLoop.Silo"), "--no-build", "-c", Configuration, "-o", packages, $"-p:Engine={Engine}");
        Assert.True(packed == 0, said);
        Assert.InRange(new FileInfo(Assert.Single(Directory.GetFiles(packages))).Length, 1, 40_000_000);
        (var installed, said) = await RunAsync(folder, "dotnet", "tool", "install", "ClosedLoop", "--tool-path", tools, "--source", packages);
        Assert.True(installed == 0, said);

        (var code, said) = await RunAsync(folder, Path.Combine(tools, "closedloop"), "check", file, "--contract", Repository.PathOf("src", "ClosedLoop.Silo", "Demo", "Content", "client.json"));
        Assert.True(code == 6, said);
        Assert.Contains("E111 line 2", said, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(tools, "third-party.json", SearchOption.AllDirectories));
    }

    /// <summary>Folder names of the build: <c>bin/ENGINE/CONFIGURATION/net10.0</c>.</summary>
    private static string Configuration => Directory.GetParent(AppContext.BaseDirectory.TrimEnd('/'))!.Name;

    private static string Engine => Directory.GetParent(AppContext.BaseDirectory.TrimEnd('/'))!.Parent!.Name;

    private static async Task<(int Code, string Said)> RunAsync(TempFolder folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = folder.Path };

        // A package of the same version that was installed before must not be taken for this one.
        start.Environment["NUGET_PACKAGES"] = Path.Combine(folder.Path, "nuget");
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync() + await error;
        await process.WaitForExitAsync();
        return (process.ExitCode, said);
    }
}
