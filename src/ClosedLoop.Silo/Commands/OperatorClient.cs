using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using ClosedLoop.Grains;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Operator;
using Microsoft.AspNetCore.Mvc;

namespace ClosedLoop.Silo.Commands;

/// <summary>Asks the running service on this machine.</summary>
internal static class OperatorClient
{
    /// <summary>Conflicts that no later try resolves: no sink of the service's own, nothing that can be made again, nobody to tell.</summary>
    private static readonly string[] LastingRefusals = ["CL9581", "CL9582", "CL9585"];

    /// <summary>Sends a command and prints the answer; exit code 0 when it was carried out.</summary>
    public static async Task<int> PostAsync(SiloSettings settings, string path, bool json, CancellationToken cancellation) => Print(await AskAsync(settings, path, cancellation), json);

    /// <summary>A reason as a later part of a query; empty without one.</summary>
    public static string ReasonIn(string? reason) => string.IsNullOrWhiteSpace(reason) ? "" : "&reason=" + Uri.EscapeDataString(reason);

    /// <summary>Sends a command and returns the answer.</summary>
    public static async Task<OperatorAnswer> AskAsync(SiloSettings settings, string path, CancellationToken cancellation)
    {
        using var response = await SendAsync(settings, HttpMethod.Post, path, content: null, TimeSpan.FromSeconds(60), cancellation);
        return (await response.Content.ReadFromJsonAsync<OperatorAnswer>(cancellation))!;
    }

    /// <summary>Prints an answer; exit code 0 when it was carried out.</summary>
    public static int Print(OperatorAnswer answer, bool json)
    {
        if (json) Output.WriteJson(new { schema = Output.Schema, done = answer.Done, text = answer.Text });
        else Console.Out.WriteLine(answer.Text);
        return answer.Done ? ExitCode.Ok : ExitCode.Refused;
    }

    /// <summary>Sends a document and returns the answer as it came.</summary>
    public static async Task<byte[]> PostJsonAsync<T>(SiloSettings settings, string path, T body, CancellationToken cancellation)
    {
        using var response = await SendAsync(settings, HttpMethod.Post, path, JsonContent.Create(body), TimeSpan.FromMinutes(30), cancellation);
        return await response.Content.ReadAsByteArrayAsync(cancellation);
    }

    /// <summary>Asks for a document that only the running service can make.</summary>
    public static async Task<T> GetAsync<T>(SiloSettings settings, string path, CancellationToken cancellation)
    {
        using var response = await SendAsync(settings, HttpMethod.Get, path, content: null, TimeSpan.FromSeconds(60), cancellation);
        return (await response.Content.ReadFromJsonAsync<T>(cancellation))!;
    }

    /// <summary>Asks for something that is nice to have; <c>default</c> when no service answers soon.</summary>
    public static async Task<T?> TryGetAsync<T>(SiloSettings settings, string path, CancellationToken cancellation)
    {
        if (OperatorAccess.Read(settings) is not { } access) return default;
        using var client = ClientOf(access, TimeSpan.FromSeconds(5));
        try
        {
            return await client.GetFromJsonAsync<T>(new Uri("/api/v1" + path, UriKind.Relative), cancellation);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            return default;
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(SiloSettings settings, HttpMethod method, string path, HttpContent? content, TimeSpan timeout, CancellationToken cancellation)
    {
        var access = OperatorAccess.Read(settings)
            ?? throw new CommandException(ExitCode.Temporary, $"CL2008: no service has run on {settings.DataPath}; start it with closedloop serve.");
        using var client = ClientOf(access, timeout);
        HttpResponseMessage response;
        try
        {
            using var request = new HttpRequestMessage(method, new Uri("/api/v1" + path, UriKind.Relative)) { Content = content };
            response = await client.SendAsync(request, cancellation);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new CommandException(ExitCode.TimeOut, $"CL9680: the service at {access.Address} has not answered within {timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} seconds; what was asked for may still be done: look before asking again.");
        }
        catch (HttpRequestException e)
        {
            throw new CommandException(ExitCode.Temporary, $"CL2009: the service at {access.Address} does not answer ({e.Message}); start it with closedloop serve.");
        }

        if (response.IsSuccessStatusCode) return response;
        using (response)
        {
            var problem = response.Content.Headers.ContentType?.MediaType == "application/problem+json" ? await response.Content.ReadFromJsonAsync<ProblemDetails>(cancellation) : null;
            var code = response.StatusCode switch
            {
                HttpStatusCode.NotFound => ExitCode.NotFound,
                HttpStatusCode.Conflict => Array.Exists(LastingRefusals, refusal => problem?.Title?.StartsWith(refusal, StringComparison.Ordinal) == true) ? ExitCode.Refused : ExitCode.Temporary,
                _ => ExitCode.Other,
            };
            throw new CommandException(code, problem?.Title ?? $"the service answered {(int)response.StatusCode}");
        }
    }

    private static HttpClient ClientOf(OperatorAccess access, TimeSpan timeout)
    {
        var client = new HttpClient { BaseAddress = new Uri(access.Address), Timeout = timeout };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", access.Token);
        return client;
    }
}
