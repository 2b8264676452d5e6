using System.Text;

namespace ClosedLoop.Mail.Sink;

/// <summary>AUTH (RFC 4954) by PLAIN, LOGIN and XOAUTH2.</summary>
internal sealed partial class SinkSession
{
    private string? _user;

    private async ValueTask AuthAsync(string argument)
    {
        if (!_greeted || _user is not null || _from is not null)
        {
            Reply("503 5.5.1 AUTH is out of place");
            return;
        }

        var words = argument.Split(' ', 2);
        var (user, password) = words[0].ToUpperInvariant() switch
        {
            "PLAIN" => Plain(words.Length == 2 ? Decode(words[1]) : await AskAsync("")),
            "LOGIN" => (words.Length == 2 ? Decode(words[1]) : await AskAsync("VXNlcm5hbWU6"), await AskAsync("UGFzc3dvcmQ6")),
            "XOAUTH2" => Token(words.Length == 2 ? Decode(words[1]) : await AskAsync("")),
            _ => (null, ""),
        };
        if (user is not null && password is not null && _options.Users!.TryGetValue(user, out var expected) && expected == password)
        {
            _user = user;
            Reply("235 2.7.0 welcome");
            return;
        }

        // A refused token is explained in a challenge first, which wants an answer.
        if (words[0].Equals("XOAUTH2", StringComparison.OrdinalIgnoreCase))
            await AskAsync("eyJzdGF0dXMiOiI0MDEifQ==");
        Reply(user is null && password is "" ? "504 5.5.4 mechanism not known" : "535 5.7.8 user or password is wrong");
    }

    private async ValueTask<string?> AskAsync(string challenge)
    {
        Reply($"334 {challenge}");
        return await ReadLineAsync() is { } line ? Decode(line) : null;
    }

    private static string? Decode(string base64)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(base64));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>RFC 4616 section 2.</summary>
    private static (string? User, string? Password) Plain(string? response) =>
        response?.Split('\0') is [_, var user, var password] ? (user, password) : (null, null);

    private static (string? User, string? Password) Token(string? response) =>
        response?.Split('\u0001') is [var user, var token, ..] && user.StartsWith("user=", StringComparison.Ordinal) && token.StartsWith("auth=Bearer ", StringComparison.Ordinal)
            ? (user[5..], token[12..])
            : (null, null);
}
