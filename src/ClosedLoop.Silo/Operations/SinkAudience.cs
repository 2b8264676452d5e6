using System.Net;
using ClosedLoop.Delivery;
using ClosedLoop.Mail.Sink;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;
using ClosedLoop.Silo.Simulation;

namespace ClosedLoop.Silo.Operations;

/// <summary>One invented person: asks the service's own listener, and sends mail back to the service's own sink. There is nobody else that it could reach.</summary>
internal sealed class SinkAudience(SiloSettings settings) : ISinkAudience, IDisposable
{
    private const string Agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = TimeSpan.FromSeconds(10) };

    public bool IsThere => settings.Delivery.Mode == DeliveryMode.Sink && settings.Sink is { Embedded: true, KeepMessages: true } && IPAddress.TryParse(settings.Sink.Host, out var host) && IPAddress.IsLoopback(host);

    public IReadOnlyList<string> Deeds { get; } = ["open", "click", "bounce", "out-of-office", "spam"];

    public async Task<(bool Done, string Text)> ActAsync(long number, string deed, CancellationToken cancellation)
    {
        var path = SinkService.LedgerPath(settings);
        if (SinkLedger.Read(path).FirstOrDefault(found => found.N == number) is not { File: not null, To: [var person] } record) return (false, "the mail is not kept, or has not one recipient");
        if (deed is "open" or "click")
        {
            var reader = SimulatedReader.Of(SinkLedger.ReadMessage(path, record), settings.TrackingBase, SimulatedReader.ServiceOf(settings.Http.Listen));
            return deed == "open"
                ? (await AskAsync(reader.Pixel, HttpStatusCode.OK, cancellation), reader.Pixel is null ? "the mail has no picture that tells of an open" : $"{person} has opened the mail")
                : (await AskAsync(reader.Links.Count == 0 ? null : reader.Links[0], HttpStatusCode.Found, cancellation), reader.Links.Count == 0 ? "the mail has no tracked link" : $"{person} has clicked the first link");
        }

        await using var returns = new SimulatedReturns(settings);
        var (what, text) = deed switch
        {
            "bounce" => (Deed.HardBounce, "the mail came back: the mailbox does not exist"),
            "out-of-office" => (Deed.OutOfOffice, $"{person} is away: an automatic reply was sent"),
            _ => (Deed.Complaint, $"{person} called the mail spam: a complaint was sent"),
        };
        return await returns.SendAsync(what, (int)(number % 100), record, cancellation) ? (true, text) : (false, "the sink did not take the answer");
    }

    public void Dispose() => _http.Dispose();

    private async Task<bool> AskAsync(Uri? address, HttpStatusCode expected, CancellationToken cancellation)
    {
        if (address is null) return false;
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("User-Agent", Agent);
        using var response = await _http.SendAsync(request, cancellation);
        return response.StatusCode == expected;
    }
}
