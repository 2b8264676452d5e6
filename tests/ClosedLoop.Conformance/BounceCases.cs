using System.Globalization;
using System.Text.Json;
using ClosedLoop.Mail.Bounces;

namespace ClosedLoop.Conformance;

/// <summary>
/// Compares the classifier with labelled mails, one JSON object a line in <c>labels.jsonl</c> beside the messages. Three questions a message: is it a report about
/// recipients at all (a label without results is not), is each recipient hard or soft, and which recipients are named. The label's hard and soft are read
/// from the reason, as <see cref="ReturnedRecipient.IsHard"/> is. Where the report hides the recipient the labels hold an invented address; then any answer counts.
/// </summary>
internal static class BounceCases
{
    private const string Hidden = "@libsisimai.org.invalid";

    public static int Run(string folder, TextWriter output)
    {
        var cases = File.ReadLines(Path.Combine(folder, "labels.jsonl"))
            .Where(line => !string.IsNullOrWhiteSpace(line))
            .Select(line => JsonSerializer.Deserialize<BounceCase>(line)!)
            .ToList();
        var questions = new[] { new Tally("is a report"), new Tally("hard or soft"), new Tally("recipient") };
        foreach (var one in cases)
        {
            var mail = ReturnedMailReader.Read(File.ReadAllBytes(Path.Combine(folder, one.File)));
            var isReport = mail.Kind is ReturnedMailKind.Bounce or ReturnedMailKind.Complaint or ReturnedMailKind.Delayed or ReturnedMailKind.Delivered;
            var expected = one.Results.Count > 0;
            questions[0].Count(isReport == expected, $"{one.File}: {mail.Kind}, expected {(expected ? "a report" : "none")}", output);
            if (!expected)
                continue;
            var known = one.Results.Where(r => !r.Recipient.EndsWith(Hidden, StringComparison.Ordinal)).ToList();
            var wanted = known.Select(r => Fold(r.Recipient)).Order(StringComparer.Ordinal);
            var found = mail.Recipients.Select(r => Fold(r.Address)).Order(StringComparer.Ordinal).ToList();
            questions[2].Count(known.Count == 0 || wanted.SequenceEqual(found, StringComparer.Ordinal), $"{one.File}: {string.Join(',', found)}, expected {string.Join(',', wanted)}", output);
            questions[1].Count(one.Results.TrueForAll(r => Hardness(mail, r) == (r.HardBounce == 1)), $"{one.File}: {string.Join(" | ", mail.Recipients.Select(Describe))}, expected {string.Join(" | ", one.Results.Select(r => (r.HardBounce == 1 ? "hard " : "soft ") + r.Reason))}", output);
        }

        foreach (var question in questions)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{question.Name}: {question.Passed} passed, {question.Failed} failed"));
        return Array.TrueForAll(questions, q => q.Failed == 0) ? 0 : 1;
    }

    private static bool Hardness(ReturnedMail mail, BounceResult label)
    {
        if (label.Recipient.EndsWith(Hidden, StringComparison.Ordinal)) return mail.Recipients.Any(r => r.IsHard);
        var recipient = mail.Recipients.FirstOrDefault(r => Fold(r.Address) == Fold(label.Recipient)) ?? (mail.Recipients.Count == 1 ? mail.Recipients[0] : null);
        return recipient?.IsHard ?? false;
    }

    private static string Describe(ReturnedRecipient r) => string.Create(CultureInfo.InvariantCulture, $"{(r.IsHard ? "hard" : "soft")} {r.Reason} {r.Status} {r.ReplyCode} {r.Command}");

    private static string Fold(string address) => address.ToUpperInvariant();
}
