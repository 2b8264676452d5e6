using System.Text.Json;
using ClosedLoop.Mail.Bounces;
using ClosedLoop.Mail.Tests.Support;

namespace ClosedLoop.Mail.Tests.Bounces;

/// <summary>The outside conformance set; the conformance command gives the same in numbers.</summary>
public sealed class LabelledReportTests
{
    [SharedDataFact("bounces/labels.jsonl")]
    public void At_least_98_of_100_agree_with_the_labels()
    {
        var labels = SharedData.PathOf("bounces/labels.jsonl");
        int asked = 0, hardness = 0, recipients = 0, kinds = 0, all = 0;
        foreach (var line in File.ReadLines(labels))
        {
            using var label = JsonDocument.Parse(line);
            var results = label.RootElement.GetProperty("results").EnumerateArray().ToList();
            var mail = ReturnedMailReader.Read(File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(labels)!, label.RootElement.GetProperty("file").GetString()!)));
            var isReport = mail.Kind is not (ReturnedMailKind.AutoReply or ReturnedMailKind.HumanReply or ReturnedMailKind.Other);
            all++;
            kinds += isReport == results.Count > 0 ? 1 : 0;
            Assert.True(results.Count > 0 || mail.Recipients.Count == 0, $"{line}: nobody bounced here");
            if (results.Count == 0)
                continue;
            asked++;
            var expected = results.Select(r => r.GetProperty("recipient").GetString()!).Order(StringComparer.OrdinalIgnoreCase);
            recipients += expected.SequenceEqual(mail.Recipients.Select(r => r.Address).Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase) || expected.First().EndsWith(".invalid", StringComparison.Ordinal) ? 1 : 0;
            hardness += results.Exists(r => r.GetProperty("hardbounce").GetInt32() == 1) == mail.Recipients.Any(r => r.IsHard) ? 1 : 0;
        }

        Assert.True(kinds >= all * 0.98, $"kind {kinds} of {all}");
        Assert.True(hardness >= asked * 0.98, $"hard or soft {hardness} of {asked}");
        Assert.True(recipients >= asked * 0.98, $"recipient {recipients} of {asked}");
    }
}
