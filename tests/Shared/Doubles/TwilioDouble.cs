using System.Collections.Concurrent;
using System.Collections.Specialized;
using System.Text;
using System.Web;

namespace ClosedLoop.Testing.Doubles;

/// <summary>A gateway with the Twilio Messages API.</summary>
internal sealed class TwilioDouble : HttpDouble
{
    public const string AccountSid = "AC0123456789";
    public const string AuthToken = "twilio-secret-token";

    private readonly ConcurrentQueue<(string Sid, NameValueCollection Form)> _taken = new();

    /// <summary>Messages taken, with the ids they got.</summary>
    public IReadOnlyList<(string Sid, NameValueCollection Form)> Taken => [.. _taken];

    public static async Task<TwilioDouble> StartAsync()
    {
        var made = new TwilioDouble();
        await made.StartAsync(certificate: null);
        return made;
    }

    /// <summary>An error as the API words it.</summary>
    public static DoubleFault Error(int status, int code, int? retryAfter = null) => new(status, $"{{\"code\":{code},\"message\":\"said so\",\"status\":{status}}}", retryAfter);

    protected override string? AddressOf(DoubleRequest request) => HttpUtility.ParseQueryString(request.Body)["To"];

    protected override (int Status, string Body, IReadOnlyDictionary<string, string> Headers) Serve(DoubleRequest request)
    {
        var none = new Dictionary<string, string>();
        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{AccountSid}:{AuthToken}"));
        if (request.Headers.GetValueOrDefault("Authorization") != expected) return (401, "{\"code\":20003,\"message\":\"Authenticate\",\"status\":401}", none);
        if (request.Path != $"/2010-04-01/Accounts/{AccountSid}/Messages.json") return (404, "{\"code\":20404}", none);
        var form = HttpUtility.ParseQueryString(request.Body);
        if (form["From"] is null && form["MessagingServiceSid"] is null) return (400, "{\"code\":21603,\"message\":\"A 'From' is required\"}", none);
        var sid = $"SM{Guid.NewGuid():N}";
        _taken.Enqueue((sid, form));
        return (201, $"{{\"sid\":\"{sid}\",\"status\":\"queued\",\"error_code\":null}}", none);
    }
}
