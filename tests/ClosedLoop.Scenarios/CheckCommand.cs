using ClosedLoop.Scenarios.Support;

namespace ClosedLoop.Scenarios;

/// <summary><c>check FILE</c> says offline what the server would say: one reader, two doors.</summary>
public sealed class CheckCommand
{
    [Fact]
    public async Task It_agrees_with_the_error_file_of_the_server()
    {
        using var installation = await Installation.CreateAsync();
        await using var silo = await SiloProcess.StartAsync(installation);
        foreach (var malformed in BadFiles.All)
        {
            var file = installation.Drop(malformed.Content);
            await Eventually.ThatAsync("failed file", () => File.Exists(Path.Combine(installation.Folder("error"), file)), silo);

            var check = await CommandResult.OfAsync("check", installation.Aside(file, malformed.Content), "--contract", installation.Definitions, "--json");

            Assert.Equal(6, check.ExitCode);
            Assert.Equal(Server(installation, file), Offline(check));
            (await installation.RunAsync("files", "discard", installation.Books.FileId(file).ToString())).Succeeded();
        }
    }

    [Theory]
    [InlineData("20260302090000_products.csv", "id;name;colour\nP-1;Cup;red\nP-1;\"torn\n")]
    [InlineData("20260302090000_mapping.csv", "nobody;P-1\na@example.org;P-1;P-2\n")]
    [InlineData("20260302090000_recommendations.csv", "rec1;rec2\nP-1;P-2\n")]
    public async Task It_agrees_with_the_server_about_product_files(string file, string content)
    {
        using var installation = await Installation.CreateAsync();
        await using var silo = await SiloProcess.StartAsync(installation);
        var bytes = System.Text.Encoding.UTF8.GetBytes(content);
        File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(installation.Folder("products")).FullName, file), bytes);
        await Eventually.ThatAsync("failed file", () => File.Exists(Path.Combine(installation.Folder("error"), file)), silo);

        var check = await CommandResult.OfAsync("check", installation.Aside(file, bytes), "--contract", installation.Definitions, "--json");

        Assert.Equal(6, check.ExitCode);
        Assert.Equal(Server(installation, file), Offline(check).Where(problem => problem[0] == 'E'));
    }

    [Fact]
    public async Task It_passes_what_the_server_takes()
    {
        using var installation = await Installation.CreateAsync();
        var good = installation.Aside(installation.NextName(), Installation.FileOf([Installation.Row("a@example.org")]));

        var check = await CommandResult.OfAsync("check", good, "--contract", installation.Definitions, "--json");

        Assert.Empty(Offline(check.Succeeded()));
    }

    private static IEnumerable<string> Server(Installation installation, string file) =>
        CsvText.Parse(File.ReadAllText(Path.Combine(installation.Folder("error"), Path.GetFileNameWithoutExtension(file) + ".error.csv")))
            .Skip(1).SkipLast(1).Select(row => $"{row[3]} line {row[0]} record {row[1]} column {row[2]} group {row[5]}: {row[6]}");

    private static IEnumerable<string> Offline(CommandResult check) =>
        check.Json().GetProperty("files").EnumerateArray().Single().GetProperty("problems").EnumerateArray().Select(problem =>
            $"{problem.GetProperty("code")} line {Number(problem, "line")} record {Number(problem, "record")} column {Number(problem, "column")} group {problem.GetProperty("group")}: {problem.GetProperty("message")}");

    /// <summary>0 stands for "not about one", which the error file leaves empty.</summary>
    private static string Number(System.Text.Json.JsonElement problem, string name) => problem.GetProperty(name).GetInt64() is > 0 and var number ? number.ToString() : "";
}
