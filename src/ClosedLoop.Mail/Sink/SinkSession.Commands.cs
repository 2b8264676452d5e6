using System.Globalization;

namespace ClosedLoop.Mail.Sink;

internal sealed partial class SinkSession
{
    private async ValueTask HandleAsync(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var verb = (space < 0 ? line : line[..space]).ToUpperInvariant();
        var argument = space < 0 ? "" : line[(space + 1)..];
        switch (verb)
        {
            case "EHLO":
                Hello(argument);
                break;
            case "HELO":
                _greeted = true;
                EndTransaction();
                Reply($"250 {_options.HostName}");
                break;
            case "MAIL":
                Mail(argument);
                break;
            case "RCPT":
                await RcptAsync(argument);
                break;
            case "DATA":
                await DataAsync();
                break;
            case "RSET":
                EndTransaction();
                Reply("250 2.0.0 Ok");
                break;
            case "NOOP":
                Reply("250 2.0.0 Ok");
                break;
            case "VRFY":
                Reply("252 2.5.2 send some mail and see");
                break;
            case "QUIT":
                Reply("221 2.0.0 Bye");
                _closing = true;
                break;
            case "STARTTLS" when _options.Certificate is not null && !_encrypted:
                await StartTlsAsync();
                break;
            case "":
                if (!_closing)
                    Reply("500 5.5.2 empty command");
                break;
            default:
                Reply("502 5.5.1 command not known");
                break;
        }
    }

    private void EndTransaction()
    {
        _from = null;
        _rule = null;
        _to.Clear();
    }

    private void Hello(string name)
    {
        if (name.Length == 0)
        {
            Reply("501 5.5.4 EHLO names the client");
            return;
        }

        _greeted = true;
        EndTransaction();
        Reply($"250-{_options.HostName}");
        if (_options.Pipelining)
            Reply("250-PIPELINING");
        if (_options.EightBitMime)
            Reply("250-8BITMIME");
        if (_options.Certificate is not null && !_encrypted)
            Reply("250-STARTTLS");
        Reply("250-ENHANCEDSTATUSCODES");
        Reply(string.Create(CultureInfo.InvariantCulture, $"250 SIZE {_options.MaxMessageSize}"));
    }

    private async ValueTask StartTlsAsync()
    {
        // Clear text behind STARTTLS must not be taken for protected commands (RFC 3207 section 4.2).
        if (_end > _start)
        {
            Reply("501 5.5.1 nothing may follow STARTTLS in its group");
            _closing = true;
            return;
        }

        Reply("220 2.0.0 ready");
        await FlushAsync();
        await ProtectAsync();
        _greeted = false;
        EndTransaction();
    }

    private void Mail(string argument)
    {
        if (!_greeted || _from is not null)
        {
            Reply(_greeted ? "503 5.5.1 MAIL within a transaction" : "503 5.5.1 EHLO first");
            return;
        }

        if (!TryPath(argument, "FROM:", out var path, out var parameters))
        {
            Reply("501 5.1.7 syntax: MAIL FROM:<address>");
            return;
        }

        foreach (var parameter in parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = parameter.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (parameter[..at].ToUpperInvariant(), parameter[(at + 1)..]) : (parameter.ToUpperInvariant(), "");
            if (name == "SIZE" && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            {
                if (size <= _options.MaxMessageSize)
                    continue;
                Reply("552 5.3.4 message too big");
                return;
            }

            if (name == "BODY" && (value.Equals("7BIT", StringComparison.OrdinalIgnoreCase) || (_options.EightBitMime && value.Equals("8BITMIME", StringComparison.OrdinalIgnoreCase))))
                continue;

            // RFC 5321 section 4.1.1.11: parameters nobody offered.
            Reply("555 5.5.4 parameter not known");
            return;
        }

        _from = path;
        Reply("250 2.1.0 Ok");
    }

    private async ValueTask RcptAsync(string argument)
    {
        if (_from is null)
        {
            Reply("503 5.5.1 MAIL first");
            return;
        }

        if (!TryPath(argument, "TO:", out var path, out var parameters) || path.Length == 0 || parameters.Length > 0)
        {
            Reply("501 5.1.3 syntax: RCPT TO:<address>");
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
