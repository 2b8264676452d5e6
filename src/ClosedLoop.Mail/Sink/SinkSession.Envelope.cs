using System.Globalization;
using System.Text;
using ClosedLoop.Mail.Smtp;

namespace ClosedLoop.Mail.Sink;

/// <summary>MAIL and RCPT.</summary>
internal sealed partial class SinkSession
{
    private int _taken;
    private bool _utf8;
    private string? _dsn;

    private void Mail(string argument)
    {
        if (!_greeted || _from is not null)
        {
            Reply(_greeted ? "503 5.5.1 MAIL within a transaction" : "503 5.5.1 EHLO first");
            return;
        }

        if (_options.RequireAuth && _user is null)
        {
            Reply("530 5.7.0 authentication required");
            return;
        }

        if (_pressure?.MessagesPerConnection is > 0 and var most && _taken >= most)
        {
            Reply("421 4.7.0 enough messages on this connection");
            _closing = true;
            return;
        }

        if (!TryPath(argument, "FROM:", out var path, out var parameters))
        {
            Reply("501 5.1.7 syntax: MAIL FROM:<address>");
            return;
        }

        foreach (var parameter in parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (RefuseMailParameter(parameter) is not { } refusal)
                continue;
            EndTransaction();
            Reply(refusal);
            return;
        }

        if (!_utf8 && !Ascii.IsValid(path))
        {
            EndTransaction();
            Reply("553 5.6.7 address outside ASCII without SMTPUTF8");
            return;
        }

        _from = path;
        Reply("250 2.1.0 Ok");
    }

    /// <summary>Notes a parameter of MAIL; the reply when it is wrong or was not offered (RFC 5321 section 4.1.1.11).</summary>
    private string? RefuseMailParameter(string parameter)
    {
        var (name, value) = Cut(parameter);
        switch (name)
        {
            case "SIZE" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size):
                return size <= _options.MaxMessageSize ? null : "552 5.3.4 message too big";
            case "BODY" when value.Equals("7BIT", StringComparison.OrdinalIgnoreCase) || (_options.EightBitMime && value.Equals("8BITMIME", StringComparison.OrdinalIgnoreCase)):
                return null;
            case "SMTPUTF8" when _options.SmtpUtf8 && value.Length == 0:
                _utf8 = true;
                return null;
            case "RET" when _options.Dsn && value.ToUpperInvariant() is "FULL" or "HDRS":
            case "ENVID" when _options.Dsn && Xtext.Decode(value) is { Length: > 0 }:
                _dsn = _dsn is null ? parameter : $"{_dsn} {parameter}";
                return null;
            default:
                return "555 5.5.4 parameter not known";
        }
    }

    private string? RefuseRcptParameter(string parameter)
    {
        var (name, value) = Cut(parameter);
        var known = name switch
        {
            "NOTIFY" => value.ToUpperInvariant().Split(',') is var words && (words is ["NEVER"] || words.All(word => word is "SUCCESS" or "FAILURE" or "DELAY")),
            "ORCPT" => value.StartsWith("rfc822;", StringComparison.OrdinalIgnoreCase) && Xtext.Decode(value[7..]) is { Length: > 0 },
            _ => false,
        };
        if (!known || !_options.Dsn)
            return "555 5.5.4 parameter not known";
        _dsn = _dsn is null ? parameter : $"{_dsn} {parameter}";
        return null;
    }

    private static (string Name, string Value) Cut(string parameter) =>
        parameter.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (parameter[..at].ToUpperInvariant(), parameter[(at + 1)..]) : (parameter.ToUpperInvariant(), "");

    private async ValueTask RcptAsync(string argument)
    {
        if (_from is null)
        {
            Reply("503 5.5.1 MAIL first");
            return;
        }

        if (!TryPath(argument, "TO:", out var path, out var parameters) || path.Length == 0)
        {
            Reply("501 5.1.3 syntax: RCPT TO:<address>");
            return;
        }

        foreach (var parameter in parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (RefuseRcptParameter(parameter) is not { } refusal)
                continue;
            Reply(refusal);
            return;
        }

        if (!_utf8 && !Ascii.IsValid(path))
        {
            Reply("553 5.6.7 address outside ASCII without SMTPUTF8");
            return;
        }

        if (_to.Count >= _options.MaxRecipients)
        {
            Reply("452 4.5.3 too many recipients");
            return;
        }

        var rule = _options.Script?.For(path);
        switch (rule?.Deed)
        {
            case SinkDeed.Refuse:
                Reply(rule.Reply);
                return;
            case SinkDeed.RefuseAndClose:
                Reply(rule.Reply);
                _closing = true;
                return;
            case SinkDeed.Delay:
                await FlushAsync();
                await Task.Delay(rule.Delay, _options.TimeProvider);
                break;
        }

        if (_pressure?.Judge(path) is { } pressed)
        {
            Reply(pressed);
            return;
        }

        _rule ??= rule;
        _to.Add(path);
        Reply("250 2.1.5 Ok");
    }

    private static bool TryPath(string argument, string keyword, out string path, out string parameters)
    {
        path = "";
        parameters = "";
        if (!argument.StartsWith(keyword, StringComparison.OrdinalIgnoreCase))
            return false;
        var rest = argument.AsSpan(keyword.Length).TrimStart(' ');
        var close = rest.LastIndexOf('>');
        if (rest.Length < 2 || rest[0] != '<' || close < 0 || rest[1..close].ContainsAny("<>\0\r\n"))
            return false;
        path = rest[1..close].ToString();
        parameters = rest[(close + 1)..].Trim(' ').ToString();
        return true;
    }
}
