using System.Xml.Linq;

namespace ClosedLoop.Architecture.Tests;

/// <summary>Who may know whom (docs/architecture.md): every project reference must be an arrow of the house plan.</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Model"] = [],
        ["Liquid"] = [],
        ["Mail"] = [],
        ["Sftp"] = [],
        ["Grains.Embedded"] = [],
        ["Grains"] = ["Model", "Grains.Embedded"],
        ["Data"] = ["Model"],
        ["Intake"] = ["Model", "Data", "Sftp", "Grains"],
        ["Mailings"] = ["Model", "Data", "Grains"],
        ["Delivery"] = ["Model", "Data", "Liquid", "Mail"],
        ["Responses"] = ["Model", "Data", "Grains", "Mail"],
        ["Optimove"] = ["Model", "Data", "Grains"],
        ["Operations"] = ["Grains", "Data"],
        ["Silo"] = ["Model", "Liquid", "Mail", "Sftp", "Grains", "Grains.Embedded", "Data", "Intake", "Mailings", "Delivery", "Responses", "Optimove", "Operations"],
    };

    /// <summary>Libraries that are usable on their own: no package, only the framework.</summary>
    private static readonly string[] WithoutPackages = ["Model", "Liquid", "Mail", "Sftp"];

    public static TheoryData<string> Projects()
    {
        var projects = new TheoryData<string>();
        foreach (var folder in Directory.EnumerateDirectories(Repository.PathOf("src")).Order(StringComparer.Ordinal)) projects.Add(Path.GetFileName(folder)["ClosedLoop.".Length..]);
        return projects;
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_reference_is_an_arrow_of_the_plan(string project)
    {
        Assert.True(Allowed.TryGetValue(project, out var allowed), $"src/ClosedLoop.{project} is not in the plan");
        var references = Items(project, "ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference)["ClosedLoop.".Length..]);
        Assert.Empty(references.Except(allowed, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_library_stands_on_the_framework_alone(string project)
    {
        if (WithoutPackages.Contains(project)) Assert.Empty(Items(project, "PackageReference"));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_project_is_in_the_solution(string project)
    {
        var solution = File.ReadAllText(Repository.PathOf("ClosedLoop.sln")).Replace('\\', '/');
        Assert.Contains($"src/ClosedLoop.{project}/ClosedLoop.{project}.csproj", solution, StringComparison.Ordinal);
    }

    [Fact]
    public void The_package_source_file_names_no_registry()
    {
        var config = File.ReadAllText(Repository.PathOf("nuget.config"));
        Assert.DoesNotContain("://", config, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Items(string project, string item) =>
        XDocument.Load(Repository.PathOf("src", $"ClosedLoop.{project}", $"ClosedLoop.{project}.csproj"))
            .Descendants(item).Select(element => element.Attribute("Include")!.Value.Replace('\\', '/'));
}
