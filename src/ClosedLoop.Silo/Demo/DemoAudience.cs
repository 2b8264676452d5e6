using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Mail.Sink;

namespace ClosedLoop.Silo.Demo;

/// <summary>
/// A scripted audience: reads what the sink took and opens, clicks and unsubscribes over HTTP, through the very endpoints real
/// readers use. Who does what follows from the row of the file, so that the same file always ends in the same numbers.
/// </summary>
internal sealed partial class DemoAudience : IAsyncDisposable
{
    private const int Workers = 8;
    private const string AppleProxyAgent = "Mozilla/5.0";

    private static readonly string[] Agents =
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (iPad; CPU OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
    ];

    private readonly Channel<DemoReader> _readers = Channel.CreateUnbounded<DemoReader>();
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = Workers });
    private readonly string _run;
    private readonly System.Collections.BitArray _seen;
    private readonly Lock _lock = new();
    private readonly List<Task> _workers = [];
    private readonly DemoReturns _returns;

    public DemoAudience(int rows, string run, string maildir)
    {
        _run = run;
        _returns = new DemoReturns(maildir, run);
        _seen = new System.Collections.BitArray(rows);
        for (var i = 0; i < Workers; i++) _workers.Add(Task.Run(WorkAsync));
    }

    public DemoTally Tally { get; } = new();

    /// <summary>When the sink took the first message.</summary>
    public DateTimeOffset? FirstMail { get; private set; }

    /// <summary>Called by the sink for each message it has made durable.</summary>
    public ValueTask ReceiveAsync(SinkMessage message)
    {
        var address = message.Record.To[0];
        if (!TryReadIndex(address, out var index)) return ValueTask.CompletedTask;
        bool repeated;
        lock (_lock)
        {
            FirstMail ??= DateTimeOffset.UtcNow;
            repeated = _seen[index];
            Tally.AddMessage(repeated);
            _seen[index] = true;
        }

        if (!repeated && _returns.Answer(index, message.Record)) Tally.AddReturned();
        if (!Acts(index)) return ValueTask.CompletedTask;
        Tally.AddPending(1);
        _readers.Writer.TryWrite(Read(index, message.Raw));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _readers.Writer.TryComplete();
        await Task.WhenAll(_workers);
        _http.Dispose();
    }

    /// <summary>Of a hundred readers about 40 open, 15 click, some click twice within a second.</summary>
    private static bool Opens(int index) => index * 7919L % 100 < 40;

    private static bool Clicks(int index) => index * 7919L % 100 < 15;

    private static bool ClicksTwice(int index) => index * 7919L % 100 < 4;

    private static bool Unsubscribes(int index) => index % 1000 == 7;

    private static bool OpensByProxy(int index) => index % 1000 == 11;

    private static bool Acts(int index) => Opens(index) || Unsubscribes(index) || OpensByProxy(index);

    private static DemoReader Read(int index, ReadOnlyMemory<byte> raw)
    {
        var message = MimeMessage.Parse(raw);
        var html = message.HtmlBody ?? "";
        var pixel = Pixel().Match(html);
        var header = UnsubscribeHeader().Match(message.Headers["List-Unsubscribe"] ?? "");
        return new DemoReader(
            index,
            pixel.Success ? WebUtility.HtmlDecode(pixel.Groups["url"].Value) : null,
            [.. Link().Matches(html).Select(match => WebUtility.HtmlDecode(match.Groups["url"].Value))],
            header.Success ? header.Groups["url"].Value : null);
    }

    private bool TryReadIndex(string address, out int index)
    {
        index = -1;
        var parts = address.Split('@')[0].Split('.');
        return parts.Length == 3 && parts[2] == _run && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index) && index < _seen.Length;
    }

    private async Task WorkAsync()
    {
        await foreach (var reader in _readers.Reader.ReadAllAsync())
        {
            try
            {
                await ActAsync(reader);
            }
            catch (HttpRequestException)
            {
                Tally.AddFailure();
            }
            finally
            {
                Tally.AddPending(-1);
            }
        }
    }

    private async Task ActAsync(DemoReader reader)
    {
        var agent = Agents[reader.Index % Agents.Length];
        if (OpensByProxy(reader.Index) && await AsksAsync(HttpMethod.Get, reader.Pixel, AppleProxyAgent, HttpStatusCode.OK)) Tally.AddAutomaticOpen();
        if (Opens(reader.Index) && await AsksAsync(HttpMethod.Get, reader.Pixel, agent, HttpStatusCode.OK)) Tally.AddOpen();
        if (Clicks(reader.Index) && await AsksAsync(HttpMethod.Get, reader.Links.Count > 0 ? reader.Links[0] : null, agent, HttpStatusCode.Found)) Tally.AddClick();
        if (ClicksTwice(reader.Index) && await AsksAsync(HttpMethod.Get, reader.Links.Count > 1 ? reader.Links[1] : null, agent, HttpStatusCode.Found)) Tally.AddClick();
        if (Unsubscribes(reader.Index) && await AsksAsync(HttpMethod.Post, reader.Unsubscribe, agent, HttpStatusCode.OK)) Tally.AddUnsubscribe();
    }

    private async Task<bool> AsksAsync(HttpMethod method, string? url, string agent, HttpStatusCode expected)
    {
        if (url is null)
        {
            Tally.AddFailure();
            return false;
        }

        using var request = new HttpRequestMessage(method, url);
        request.Headers.TryAddWithoutValidation("User-Agent", agent);

        // The body of RFC 8058 section 3.2: this is what a mailbox provider's button sends.
        if (method == HttpMethod.Post) request.Content = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        using var response = await _http.SendAsync(request);
        if (response.StatusCode == expected) return true;
        Tally.AddFailure();
        return false;
    }

    [GeneratedRegex("<img src=\"(?<url>[^\"]*/o/[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pixel();

    [GeneratedRegex("href=\"(?<url>[^\"]*/c/[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex("<(?<url>http[^>]*)>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UnsubscribeHeader();
}
