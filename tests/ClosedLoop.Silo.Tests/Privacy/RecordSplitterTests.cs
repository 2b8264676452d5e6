using System.Text;
using ClosedLoop.Silo.Privacy;

namespace ClosedLoop.Silo.Tests.Privacy;

public sealed class RecordSplitterTests
{
    [Theory]
    [InlineData("a@x.org;1\nb@x.org;2\n", "\"erased\"\nb@x.org;2\n", 1)]
    [InlineData("b@x.org;2\nA@X.ORG;\"one\ntwo\"\nc@x.org;3", "b@x.org;2\n\"erased\"\nc@x.org;3", 1)]
    [InlineData("aa@x.org;2\na@x.org.de;3\n", null, 0)]
    [InlineData("x;<a@x.org>;1\n", "\"erased\"\n", 1)]
    [InlineData("", null, 0)]
    public void Records_of_the_person_go_and_no_others(string text, string? expected, int records)
    {
        var without = RecordSplitter.Without(Encoding.UTF8.GetBytes(text), "a@x.org"u8);
        Assert.Equal(expected, without is { } found ? Encoding.UTF8.GetString(found.Text) : null);
        Assert.Equal(records, without?.Records ?? 0);
    }
}
