using System.Net.Http.Headers;
using ClosedLoop.Grains;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Operator;

namespace ClosedLoop.Silo.Commands;

/// <summary>Asks the running service on this machine.</summary>
internal static class OperatorClient
{
    /// <summary>Sends a command and prints the answer; exit code 0 when it was carried out.</summary>
    public static async Task<int> PostAsync(SiloSettings settings, string path, bool json, CancellationToken cancellation)
    {
        var access = OperatorAccess.Read(settings)
            ?? throw new CommandException(ExitCode.Temporary, $"CL2008: no service has run on {settings.DataPath}; start it with closedloop serve.");
        using var client = new HttpClient { BaseAddress = new Uri(access.Address), Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", access.Token);
        HttpResponseMessage response;
        try
        {
            response = await client.PostAsync(new Uri("/api/v1" + path, UriKind.Relative), content: null, cancellation);
        }
        catch (HttpRequestException e)
        {
            throw new CommandException(ExitCode.Temporary, $"CL2009: the service at {access.Address} does not answer ({e.Message}); start it with closedloop serve.");
        }

        using (response)
        {
            if (response.StatusCode == System.Net.HttpStatusCode.NotFound) throw new CommandException(ExitCode.NotFound, await response.Content.ReadAsStringAsync(cancellation));
            if (!response.IsSuccessStatusCode) throw new CommandException(ExitCode.Other, await response.Content.ReadAsStringAsync(cancellation));
            var answer = (await response.Content.ReadFromJsonAsync<OperatorAnswer>(cancellation))!;
            if (json) Output.WriteJson(new { schema = Output.Schema, done = answer.Done, text = answer.Text });
            else Console.Out.WriteLine(answer.Text);
            return answer.Done ? ExitCode.Ok : ExitCode.Refused;
        }
    }
}
