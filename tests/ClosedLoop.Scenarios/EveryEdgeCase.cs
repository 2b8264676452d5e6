using System.Text.Json;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Recipients;
using ClosedLoop.Scenarios.Support;

namespace ClosedLoop.Scenarios;

/// <summary>Acceptance test 1 of closed-loop spec section 20: effect, code and line of each edge case of section 4.1, and what <c>check</c> says of it.</summary>
public sealed class EveryEdgeCase
{
    [Trait("Acceptance", "1")]
    [Fact]
    public async Task It_has_the_stated_effect_code_and_line_and_check_says_the_same()
    {
        using var installation = await PrepareAsync();
        await using var silo = await SiloProcess.StartAsync(installation);
        var books = installation.Books;
        Assert.Equal(Enumerable.Range(1, 35), EdgeCases.All.Select(edge => edge.Number));
        var names = EdgeCases.All.Select(_ => installation.NextName()).ToList();
        var check = await installation.RunAsync(["check", .. EdgeCases.All.Zip(names, (edge, name) => installation.Aside(name, edge.Content)), "--client", "demo", "--json"]);
        Assert.Equal(6, check.ExitCode);
        var offline = check.Json().GetProperty("files").EnumerateArray().ToList();
        var faults = new List<string>();
        foreach (var (i, edge) in EdgeCases.All.Index())
        {
            var file = installation.Drop(edge.Content, names[i]);
            await silo.PollAsync();
            await Eventually.ThatAsync($"end of case {edge.Number}", () => books.StateOf(file) == FileState.FailedImport ? HasReports(installation, file) : books.IsFinished(file), silo);

            faults.AddRange(Compare(books, edge, file).Select(fault => $"case {edge.Number}: {fault}"));
            faults.AddRange(CompareCheck(books, edge, file, offline[i]).Select(fault => $"case {edge.Number}, check: {fault}"));
        }

        // 36: a final name that was processed before.
        var again = installation.Drop([Installation.Row("36@example.org") + ";7"]);
        await Eventually.ThatAsync("end of the first", () => books.IsFinished(again), silo);
        installation.Drop([Installation.Row("36b@example.org") + ";7"], again);
        await Eventually.ThatAsync("refusal", () => books.StateOf(again) == FileState.FailedImport, silo);
        Assert.Equal("E103", books.Text("SELECT code FROM inbound_file WHERE file_id = $1", books.FileId(again)));
        Assert.DoesNotContain(books.Sink(), mail => mail.To.Contains("36b@example.org"));
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    private static bool HasReports(Installation installation, string file) => File.Exists(Path.Combine(installation.Folder("error"), file));

    private static async Task<Installation> PrepareAsync()
    {
        var installation = await Installation.CreateAsync();
        var client = Path.Combine(installation.Definitions, "demo", "client.json");
        var text = await File.ReadAllTextAsync(client);
        text = text.Replace("\"pollSeconds\": 1", $"\"pollSeconds\": 1, \"stopOnError\": false, \"maxBytes\": {EdgeCases.MaxBytes}", StringComparison.Ordinal)
            .Replace("\"displayName\": \"Salutation\"", "\"displayName\": \"Salutation\", \"required\": true", StringComparison.Ordinal)
            .Replace("\"length\": 60 }", "\"length\": 60 }, { \"name\": \"points\", \"type\": \"integer\" }", StringComparison.Ordinal);
        await File.WriteAllTextAsync(client, text);
        SampleDefinitions.WriteMailing(installation.Definitions, EdgeCases.OtherSource);
        (await installation.RunAsync("apply", installation.Definitions)).Succeeded();
        installation.Books.Tamper($"INSERT INTO suppression (client_id, address, kind, reason, recorded) VALUES (90000000001, '{EdgeCases.Blocked}', 0, 'test', 1), (90000000001, '{EdgeCases.Unsubscribed}', 1, 'test', 1)");
        installation.Books.Tamper($"INSERT INTO bounce_counter (client_id, address, hard, soft, recorded) VALUES (90000000001, '{EdgeCases.Bounced}', 3, 0, 1)");
        return installation;
    }

    private static IEnumerable<string> Compare(Books books, EdgeCase edge, string file)
    {
        var id = books.FileId(file);
        var state = books.StateOf(file);
        if (edge.Effect == 'F' != (state == FileState.FailedImport)) yield return $"state {state}";
        if (edge.Effect == 'F')
        {
            // Zero lists, zero copies, zero mails.
            var left = books.Scalar("SELECT COUNT(*) FROM mailing WHERE file_id = $1", id);
            if (left != 0) yield return $"{left} mailings";
        }

        var said = books.Scalar("SELECT COUNT(*) FROM file_problem WHERE file_id = $1 AND code = $2 AND line = $3", id, edge.Code, edge.Line);
        if (edge.Code is not null && edge.Effect != 'D' && said == 0) yield return $"{edge.Code} at line {edge.Line} was not reported";
        if (edge.Code is null && books.Scalar("SELECT COUNT(*) FROM file_problem WHERE file_id = $1", id) != 0) yield return "something was reported";
        if (edge.Effect == 'D')
        {
            var reason = books.Text("SELECT reason FROM ledger JOIN mailing USING (mailing_id) WHERE file_id = $1 AND ledger.state = $2", id, (int)RecipientState.Suppressed);
            if (!reason.StartsWith(edge.Code!, StringComparison.Ordinal)) yield return $"left out for '{reason}'";
        }

        var mailings = books.Scalar("SELECT COUNT(*) FROM mailing WHERE file_id = $1", id);
        if (mailings != edge.Mailings.Length) yield return $"{mailings} mailings instead of {edge.Mailings.Length}";
        for (var i = 0; i < edge.Mailings.Length; i++)
        {
            var sent = books.Scalar("SELECT COUNT(*) FROM ledger WHERE state = $3 AND mailing_id = (SELECT mailing_id FROM mailing WHERE file_id = $1 ORDER BY mailing_id LIMIT 1 OFFSET $2)", id, i, (int)RecipientState.Sent);
            if (sent != edge.Mailings[i]) yield return $"mailing {i + 1} went to {sent} instead of {edge.Mailings[i]}";
        }
    }

    /// <summary>All that the server has reported, and nothing else, but for what only its own past can tell (W154).</summary>
    private static IEnumerable<string> CompareCheck(Books books, EdgeCase edge, string file, JsonElement offline)
    {
        if (edge.Effect == 'F' && offline.GetProperty("ok").GetBoolean()) yield return "passed";
        var codes = offline.GetProperty("problems").EnumerateArray().Select(problem => $"{problem.GetProperty("code")}@{problem.GetProperty("line")}").ToList();
        var count = books.Scalar("SELECT COUNT(*) FROM file_problem WHERE file_id = $1 AND code <> 'W154'", books.FileId(file));
        if (codes.Count != count) yield return $"{codes.Count} problems, the server has {count}";
        if (edge is { Code: not (null or "W154"), Effect: not 'D' } && !codes.Contains($"{edge.Code}@{edge.Line}")) yield return $"{edge.Code} at line {edge.Line} is not among {string.Join(", ", codes)}";
    }
}
