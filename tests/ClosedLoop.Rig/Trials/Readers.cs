using System.Net;
using ClosedLoop.Mail.Sink;

namespace ClosedLoop.Rig.Trials;

/// <summary>Readers who follow a link. Whoever was redirected must be in the export; whoever got no answer may be.</summary>
internal sealed class Readers(TrialRun run)
{
    private const int Most = 30;
    private const string Agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

    private int _answered;

    /// <summary>Clicks asked for, by reader.</summary>
    public Dictionary<string, int> Asked { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Clicks answered by a redirection, by reader.</summary>
    public Dictionary<string, int> Redirected { get; } = new(StringComparer.OrdinalIgnoreCase);

    public int Answered => Volatile.Read(ref _answered);

    public async Task ClickAsync()
    {
        var books = run.Installation.Books;
        foreach (var record in books.Sink().DistinctBy(record => record.To[0]).Take(Most).ToList())
        {
            var (address, link) = (record.To[0], ReceivedMail.Of(books.SinkLedgerPath, record).Links[0]);
            await run.UntilAsync("answer to a click", () => ClickAsync(address, link));
        }
    }

    /// <summary>Each of some readers clicks once, now.</summary>
    /// <returns>Those who got no answer.</returns>
    public async Task<IReadOnlyList<string>> ClickOnceAsync(IReadOnlyList<SinkRecord> records)
    {
        var books = run.Installation.Books;
        var unanswered = new List<string>();
        foreach (var record in records)
        {
            if (!await ClickAsync(record.To[0], ReceivedMail.Of(books.SinkLedgerPath, record).Links[0])) unanswered.Add(record.To[0]);
        }

        return unanswered;
    }

    private async Task<bool> ClickAsync(string address, string link)
    {
        Asked[address] = Asked.GetValueOrDefault(address) + 1;
        try
        {
            using var response = await run.Service.Process.SendAsync(HttpMethod.Get, link, agent: Agent);
            if (response.StatusCode != HttpStatusCode.Found) throw new InvalidDataException($"a click of {address} was answered {(int)response.StatusCode}");
            Redirected[address] = Redirected.GetValueOrDefault(address) + 1;
            Interlocked.Increment(ref _answered);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
        {
            return false;
        }
    }
}
