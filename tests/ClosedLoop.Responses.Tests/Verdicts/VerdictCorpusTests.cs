using ClosedLoop.Model.Verdicts;
using ClosedLoop.Testing.Verdicts;
using Xunit.Abstractions;

namespace ClosedLoop.Responses.Tests.Verdicts;

public class VerdictCorpusTests(ITestOutputHelper output)
{
    [Fact]
    public void Precision_and_recall_over_the_labelled_corpus_stay_above_their_bounds()
    {
        var table = VerdictTable.OfCorpus();
        using var text = new StringWriter();
        table.Write(text);
        output.WriteLine(text.ToString());
        Assert.True(table.Cases >= 150, text.ToString());
        foreach (var (verdict, precision, recall) in new[]
        {
            (EventVerdict.Human, 0.96, 0.97), (EventVerdict.PrivacyProxy, 0.99, 0.99), (EventVerdict.Scanner, 0.97, 0.96), (EventVerdict.Prefetch, 0.99, 0.99),
        })
        {
            Assert.True(table.Precision(verdict) >= precision && table.Recall(verdict) >= recall, $"{verdict}: at least {precision} and {recall}\n{text}");
        }
    }
}
