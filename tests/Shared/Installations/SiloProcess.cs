using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace ClosedLoop.Testing.Installations;

/// <summary><c>closedloop serve</c> as a process of its own.</summary>
internal sealed class SiloProcess : ClosedLoopProcess
{
    private static readonly HttpClient Http = new(new LostConnections()) { Timeout = TimeSpan.FromSeconds(30) };

    private readonly Installation _installation;

    private SiloProcess(Installation installation, IReadOnlyList<string> arguments)
        : base(arguments, installation.Environment) => _installation = installation;

    /// <summary>Starts the service and waits until it answers.</summary>
    public static async Task<SiloProcess> StartAsync(Installation installation)
    {
        var silo = Launch(installation);
        await Eventually.ThatAsync("answer of the service", silo.AnswersAsync, silo);
        return silo;
    }

    /// <summary>Starts the service without waiting for it.</summary>
    public static SiloProcess Launch(Installation installation) => new(installation,
    [
        "serve", "--data", installation.Data,
        "--set", $"Http:Listen={installation.Address}",
        "--set", $"Operator:Listen={installation.OperatorAddress}",
        "--set", $"Sink:Embedded={(installation.EmbeddedSink ? "true" : "false")}",
        "--set", "Sink:Port=" + installation.SinkPort.ToString(CultureInfo.InvariantCulture),
        "--set", "ClientScanSeconds=0.5",
        .. installation.Settings.SelectMany(setting => new[] { "--set", setting }),
    ]);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string url, HttpContent? content = null, string? agent = null)
    {
        var isApi = url == "/metrics" || url.StartsWith("/api/", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(method, new Uri(new Uri(isApi ? _installation.OperatorAddress : _installation.Address), url)) { Content = content };
        if (agent is not null) request.Headers.TryAddWithoutValidation("User-Agent", agent);
        if (isApi)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token());
        return await Http.SendAsync(request);
    }

    /// <summary>Hands a returned mail in, as a relay's pipe does.</summary>
    public async Task<HttpResponseMessage> PostMailAsync(HttpContent mail, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(_installation.Address), "/inbound/mail")) { Content = mail };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await Http.SendAsync(request);
    }

    /// <summary>Lets the folder be looked at now, and waits until it was.</summary>
    public async Task PollAsync()
    {
        using var response = await SendAsync(HttpMethod.Post, "/api/v1/clients/demo/poll");
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Whether the client's folder takes files, or is stopped by a failed one.</summary>
    public async Task<bool> FolderRunsAsync()
    {
        using var response = await SendAsync(HttpMethod.Get, "/api/v1/clients/demo/zone");
        response.EnsureSuccessStatusCode();
        using var status = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return status.RootElement.GetProperty("running").GetBoolean();
    }

    public async Task<bool> AnswersAsync()
    {
        try
        {
            using var response = await Http.GetAsync(new Uri(new Uri(_installation.Address), "/healthz"));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private string Token()
    {
        using var access = JsonDocument.Parse(File.ReadAllText(Path.Combine(_installation.Data, "operator.json")));
        return access.RootElement.GetProperty("Token").GetString()!;
    }
}
