using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClosedLoop.Delivery.Channels;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Silo.Definitions;

/// <summary>What must hold for the channels of a client beside mail, and for mailings that use them (decision 022).</summary>
internal static partial class ChannelCheck
{
    public static IEnumerable<string> Faults(ClientDefinition client)
    {
        if (client.Channels is not { } channels) yield break;
        if (channels.Sms is { } sms)
        {
            foreach (var fault in PolicyFaults("sms", sms).Concat(SmsFaults(sms, client))) yield return fault;
        }

        if (channels.Push is { } push)
        {
            foreach (var fault in PolicyFaults("push", push).Concat(PushFaults(push, client))) yield return fault;
        }
    }

    /// <summary>Whether a mailing fits its client.</summary>
    public static IEnumerable<string> Faults(SourceMailing mailing, ClientDefinition client)
    {
        if (mailing.Channel == MessageChannel.Mail) yield break;
        var name = NameOf(mailing.Channel);
        if (client.Channels?.Of(mailing.Channel) is null)
        {
            yield return $"channel is {name}, which the client does not have; expected channels.{name} in client.json.";
            yield break;
        }

        if (mailing.Channel == MessageChannel.Sms && mailing.Sms?.From is null && client.Channels.Sms is { From: null, Twilio.MessagingServiceSid: null, Http: null }) yield return "sms.from is missing, and so is channels.sms.from in client.json; expected a number or a name that messages come from.";
        if (mailing.Push is not { } push) yield break;
        foreach (var platform in Enum.GetValues<PushPlatform>())
        {
            var served = platform == PushPlatform.Fcm ? client.Channels.Push!.Fcm is not null : client.Channels.Push!.Apns is not null;
            if (served && !push.Serves(platform)) yield return $"push has nothing for {platform.ToString().ToLowerInvariant()}, which the client has; expected title, body or data, or a payload of its own.";
        }
    }

    /// <summary>What is wrong with a mailing of SMS or push apart from its client and templates.</summary>
    public static IEnumerable<string> FormFaults(SourceMailing mailing)
    {
        var name = NameOf(mailing.Channel);
        if (mailing.Html is not null) yield return $"html is given for a mailing of channel {name}; expected {(mailing.Channel == MessageChannel.Sms ? "text" : "push")}.";
        if (mailing.Attachments.Count > 0 || mailing.Content.Count > 0) yield return $"attachments or content is given for a mailing of channel {name}; only mail has them.";
        if (mailing.Sender is not null) yield return $"sender is given for a mailing of channel {name}; expected {(mailing.Channel == MessageChannel.Sms ? "sms.from" : "nothing: the app is the sender")}.";
        if (mailing.Channel == MessageChannel.Sms)
        {
            if (mailing.Push is not null) yield return "push is given for a mailing of channel sms.";
            if (string.IsNullOrWhiteSpace(mailing.Text)) yield return "text is missing; an SMS is the file that it names.";
            if (mailing.Sms?.MaxSegments is < 1 or > 255) yield return $"sms.maxSegments is {mailing.Sms!.MaxSegments}; expected 1 to 255.";
            yield break;
        }

        if (mailing.Text is not null || mailing.Sms is not null) yield return "text or sms is given for a mailing of channel push; expected push.body.";
        if (mailing.Push is not { } push)
        {
            yield return "push is missing; expected an object with title, body or data.";
            yield break;
        }

        if (!push.HasParts && push.Fcm is null && push.Apns is null) yield return "push is empty; expected title, body or data, or payloads fcm and apns.";
        if (push.TimeToLiveSeconds is < 0 or > 2_419_200) yield return $"push.timeToLiveSeconds is {push.TimeToLiveSeconds}; expected 0 to 2419200, four weeks.";
        foreach (var key in push.Data.Keys.Where(key => key is "from" or "message_type" or "aps" || key.StartsWith("google", StringComparison.OrdinalIgnoreCase) || key.StartsWith("gcm", StringComparison.OrdinalIgnoreCase)))
        {
            yield return $"push.data: the name '{key}' is reserved by the push services; choose another.";
        }

        foreach (var (part, payload) in new[] { ("fcm", push.Fcm), ("apns", push.Apns) })
        {
            if (payload is not null && JsonFault(payload) is { } fault) yield return $"push.{part}: {fault}";
        }
    }

    public static string NameOf(MessageChannel channel) => channel.ToString().ToLowerInvariant();

    private static IEnumerable<string> PolicyFaults(string name, ChannelPolicy policy)
    {
        if (policy.PerSecond is { } rate && rate is not (>= 0.01 and <= 100_000)) yield return $"channels.{name}.perSecond is {rate.ToString(CultureInfo.InvariantCulture)}; expected 0.01 to 100000.";
        if (policy.RetryHours is < 0 or > 240) yield return $"channels.{name}.retryHours is {policy.RetryHours}; expected 0 to 240.";
        if (policy.TimeoutSeconds is < 1 or > 600) yield return $"channels.{name}.timeoutSeconds is {policy.TimeoutSeconds}; expected 1 to 600.";
    }

    private static IEnumerable<string> SmsFaults(SmsSettings sms, ClientDefinition client)
    {
        if (client.List.IndexOf(sms.AddressField) < 0) yield return $"channels.sms.addressField is '{sms.AddressField}', which is no column of the list; expected one that holds phone numbers.";
        if (sms.CountryCode is { } code && !CountryCode().IsMatch(code)) yield return $"channels.sms.countryCode is '{code}'; expected 1 to 3 digits such as 49.";
        if (sms.From is { } from && !Sender().IsMatch(from)) yield return $"channels.sms.from is '{from}'; expected a number such as +4915112345678, a short code, or at most 11 letters and digits.";
        if (sms.MaxSegments is < 1 or > 255) yield return $"channels.sms.maxSegments is {sms.MaxSegments}; expected 1 to 255.";
        var providers = (sms.Twilio is null ? 0 : 1) + (sms.Http is null ? 0 : 1) + (sms.Smpp is null ? 0 : 1);
        if (providers != 1) yield return $"channels.sms names {providers} providers; expected exactly one of twilio, http and smpp.";
        foreach (var fault in ChannelRules.Faults(sms)) yield return fault;
    }

    private static IEnumerable<string> PushFaults(PushSettings push, ClientDefinition client)
    {
        if (client.List.IndexOf(push.TokenField) < 0) yield return $"channels.push.tokenField is '{push.TokenField}', which is no column of the list; expected one that holds device tokens.";
        if (push.DefaultPlatform is not (null or "fcm" or "apns")) yield return $"channels.push.defaultPlatform is '{push.DefaultPlatform}'; expected fcm or apns.";
        if (push.DefaultPlatform is null && client.List.IndexOf(push.PlatformField) < 0) yield return $"channels.push.platformField is '{push.PlatformField}', which is no column of the list, and there is no defaultPlatform; expected one of the two.";
        if (push.Fcm is null && push.Apns is null) yield return "channels.push has neither fcm nor apns; expected at least one.";
        if (push.Fcm is { } fcm)
        {
            if (!Path.IsPathFullyQualified(fcm.ServiceAccountFile)) yield return $"channels.push.fcm.serviceAccountFile is '{fcm.ServiceAccountFile}'; expected an absolute path.";
            if (ChannelRules.UrlFault(fcm.BaseUrl) is { } fault) yield return $"channels.push.fcm.baseUrl {fault}";
        }

        if (push.Apns is not { } apns) yield break;
        if (!Path.IsPathFullyQualified(apns.KeyFile)) yield return $"channels.push.apns.keyFile is '{apns.KeyFile}'; expected an absolute path.";
        if (apns.CertificateFile is { } file && !Path.IsPathFullyQualified(file)) yield return $"channels.push.apns.certificateFile is '{file}'; expected an absolute path.";
        if (apns.KeyId.Length != 10) yield return $"channels.push.apns.keyId has {apns.KeyId.Length} characters; expected 10.";
        if (apns.TeamId.Length != 10) yield return $"channels.push.apns.teamId has {apns.TeamId.Length} characters; expected 10.";
        if (string.IsNullOrWhiteSpace(apns.Topic)) yield return "channels.push.apns.topic is empty; expected the bundle identifier of the app.";
        if (ChannelRules.UrlFault(apns.BaseUrl) is { } apnsFault) yield return $"channels.push.apns.baseUrl {apnsFault}";
    }

    private static string? JsonFault(string payload)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            return json.RootElement.ValueKind == JsonValueKind.Object ? null : $"the payload is {json.RootElement.ValueKind}; expected a JSON object.";
        }
        catch (JsonException e)
        {
            return $"the payload is no JSON: line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}; placeholders stand inside strings.";
        }
    }

    [GeneratedRegex("^[1-9][0-9]{0,2}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CountryCode();

    [GeneratedRegex(@"^(\+[1-9][0-9]{6,14}|[0-9]{3,8}|[A-Za-z0-9][A-Za-z0-9 &._-]{0,10})$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sender();
}
