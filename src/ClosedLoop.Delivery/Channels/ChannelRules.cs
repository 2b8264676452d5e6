using ClosedLoop.Delivery.Channels.Sms;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Delivery.Channels;

/// <summary>What can be said about the settings of an SMS provider before anything is sent.</summary>
public static class ChannelRules
{
    private static readonly string[] ContentTypes = ["application/json", "application/x-www-form-urlencoded", "application/xml", "text/xml", "text/plain"];

    public static IEnumerable<string> Faults(SmsSettings sms)
    {
        ArgumentNullException.ThrowIfNull(sms);
        return [.. TwilioFaults(sms.Twilio), .. GatewayFaults(sms.Http), .. SmppFaults(sms.Smpp)];
    }

    /// <summary>What is wrong with an address that secrets go to; null for nothing.</summary>
    public static string? UrlFault(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0) return $"is '{url}'; expected an address such as https://api.example.com.";
        return address.Scheme == "https" || address.IsLoopback ? null : $"is '{url}'; expected https.";
    }

    private static IEnumerable<string> TwilioFaults(TwilioSettings? twilio)
    {
        if (twilio is null) yield break;
        if (string.IsNullOrWhiteSpace(twilio.AccountSid)) yield return "channels.sms.twilio.accountSid is empty.";
        if (!IsVariable(twilio.AuthTokenSetting)) yield return $"channels.sms.twilio.authTokenSetting is '{twilio.AuthTokenSetting}'; expected the name of an environment variable, not the token itself.";
        if (UrlFault(twilio.BaseUrl) is { } fault) yield return $"channels.sms.twilio.baseUrl {fault}";
    }

    private static IEnumerable<string> GatewayFaults(SmsGatewaySettings? http)
    {
        if (http is null) yield break;
        if (http.Method is not ("POST" or "PUT" or "GET")) yield return $"channels.sms.http.method is '{http.Method}'; expected POST, PUT or GET.";
        if (!ContentTypes.Contains(http.ContentType, StringComparer.Ordinal)) yield return $"channels.sms.http.contentType is '{http.ContentType}'; expected {string.Join(", ", ContentTypes)}.";

        // Filled with something harmless, so that what is left can be read as an address.
        var filled = GatewayTemplate.Fill(http.Url, new ChannelMessage { MailingId = 1, Sequence = 0, Address = "+1", Id = "1.0", Text = "x" }, 1, GatewayTemplate.ForUrl);
        if (UrlFault(filled) is { } fault) yield return $"channels.sms.http.url {fault}";
        if (http.Method == "GET" && http.Body is not null) yield return "channels.sms.http.body is given with GET, which has none; expected placeholders in the url.";
        foreach (var (place, text) in (IEnumerable<(string, string)>)[("url", http.Url), ("body", http.Body ?? ""), .. http.Headers.Select(header => ($"headers.{header.Key}", header.Value))])
        {
            if (GatewayTemplate.Fault(text) is { } placeholder) yield return $"channels.sms.http.{place}: {placeholder}.";
        }

        foreach (var rule in http.Rules.Where(rule => !GatewayVerdict.Meanings.Contains(rule.Means, StringComparer.Ordinal))) yield return $"channels.sms.http.rules: means is '{rule.Means}'; expected {string.Join(", ", GatewayVerdict.Meanings)}.";
        foreach (var rule in http.Rules.Where(rule => rule is { Status: null, Path: null, Contains: null })) yield return $"channels.sms.http.rules: the rule for '{rule.Means}' fits every answer; expected status, path or contains.";
        if (http.Receipts is { } receipts && !IsVariable(receipts.SecretSetting)) yield return $"channels.sms.http.receipts.secretSetting is '{receipts.SecretSetting}'; expected the name of an environment variable.";
    }

    private static IEnumerable<string> SmppFaults(SmppSettings? smpp)
    {
        if (smpp is null) yield break;
        if (smpp.Port is < 1 or > 65535) yield return $"channels.sms.smpp.port is {smpp.Port}; expected 1 to 65535.";
        if (smpp.Tls is not ("none" or "required")) yield return $"channels.sms.smpp.tls is '{smpp.Tls}'; expected none or required.";
        if (smpp.CertificateFile is { } file && !Path.IsPathFullyQualified(file)) yield return $"channels.sms.smpp.certificateFile is '{file}'; expected an absolute path.";
        if (smpp is { CertificateFile: not null, Tls: "none" }) yield return "channels.sms.smpp.certificateFile is given and tls is none; expected tls required.";
        if (smpp.SystemId.Length is 0 or > 15) yield return $"channels.sms.smpp.systemId has {smpp.SystemId.Length} characters; expected 1 to 15.";
        if (smpp.SystemType.Length > 12) yield return $"channels.sms.smpp.systemType has {smpp.SystemType.Length} characters; expected at most 12.";
        if (!IsVariable(smpp.PasswordSetting)) yield return $"channels.sms.smpp.passwordSetting is '{smpp.PasswordSetting}'; expected the name of an environment variable.";
        if (smpp.Bind is not ("transceiver" or "transmitter")) yield return $"channels.sms.smpp.bind is '{smpp.Bind}'; expected transceiver or transmitter.";
        if (smpp.Long is not ("udh" or "sar" or "payload")) yield return $"channels.sms.smpp.long is '{smpp.Long}'; expected udh, sar or payload.";
        if (smpp.DefaultAlphabet is not ("gsm7" or "latin1")) yield return $"channels.sms.smpp.defaultAlphabet is '{smpp.DefaultAlphabet}'; expected gsm7 or latin1.";
        if (smpp.ReceiptIds is not ("same" or "decimal")) yield return $"channels.sms.smpp.receiptIds is '{smpp.ReceiptIds}'; expected same or decimal.";
        if (smpp.Window is < 1 or > 1000) yield return $"channels.sms.smpp.window is {smpp.Window}; expected 1 to 1000.";
        if (smpp.EnquireLinkSeconds is < 1 or > 3600) yield return $"channels.sms.smpp.enquireLinkSeconds is {smpp.EnquireLinkSeconds}; expected 1 to 3600.";
        if (smpp.ValiditySeconds is < 0 or > 604_800) yield return $"channels.sms.smpp.validitySeconds is {smpp.ValiditySeconds}; expected 0 to 604800, a week.";
    }

    private static bool IsVariable(string name) => name.Length is > 0 and <= 100 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(name[0]);
}
