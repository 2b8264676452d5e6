using ClosedLoop.Intake.Subscribers;
using ClosedLoop.Model.Mailings;
using static ClosedLoop.Intake.Tests.Subscribers.Given;

namespace ClosedLoop.Intake.Tests.Subscribers;

public sealed class Offline_check : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Good_file_has_no_problem_and_its_groups()
    {
        var path = Write("20260302091000_subscribers.csv", Row("a@example.org") + Row("b@example.org"));
        var result = SubscribersCheck.Run(path, Client, [new SourceMailing { Id = 71000000100, ClientId = ClientId, Name = "n", Subject = "s" }]);
        Assert.False(result.Failed);
        Assert.Equal(0, result.Problems.ErrorCount + result.Problems.WarningCount);
        Assert.Equal(2, Assert.Single(result.Groups).Net);
    }

    [Fact]
    public void Unknown_mailing_and_odd_name_are_both_reported()
    {
        var path = Write("march_subscribers.csv", Row("a@example.org"));
        Assert.Equal(["E302", "E101"], SubscribersCheck.Run(path, Client, []).Problems.Errors.Select(p => p.Code.Code));
        Assert.Equal(["E101"], SubscribersCheck.Run(path, Client).Problems.Errors.Select(p => p.Code.Code));
    }

    [Fact]
    public void File_that_cannot_be_read_is_E102() =>
        Assert.Equal("E102", SubscribersCheck.Run(_folder.Of("20260302091000_subscribers.csv"), Client).TheOnlyProblem().Code.Code);

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.Of(name), text);
        return _folder.Of(name);
    }
}
