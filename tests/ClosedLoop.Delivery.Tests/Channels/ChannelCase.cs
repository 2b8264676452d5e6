using ClosedLoop.Data.Mailings;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Delivery.Tests.Channels;

/// <summary>Clients and mailings of SMS and push.</summary>
internal static class ChannelCase
{
    public const string TokenSetting = "CLOSEDLOOP_TEST_TWILIO_TOKEN";
    public const string PasswordSetting = "CLOSEDLOOP_TEST_SMPP_PASSWORD";

    public static ListDefinition List { get; } = new()
    {
        Fields =
        [
            new() { Name = "email" },
            new() { Name = "broadmail_id", Type = FieldType.Long },
            new() { Name = "firstname" },
            new() { Name = "phone" },
            new() { Name = "push_token", Length = 4000 },
            new() { Name = "push_platform" },
        ],
    };

    public static ClientDefinition Client(SmsSettings? sms = null, PushSettings? push = null) => new()
    {
        Id = 9,
        Key = "test",
        List = List,
        Sender = new SenderSettings { Address = "news@sender.example" },
        Channels = new ChannelSettings { Sms = sms, Push = push },
    };

    public static SmsSettings Twilio(string baseUrl) => new()
    {
        From = "+4915550000000",
        TimeoutSeconds = 20,
        Twilio = new TwilioSettings { AccountSid = Testing.Doubles.TwilioDouble.AccountSid, AuthTokenSetting = TokenSetting, BaseUrl = baseUrl },
    };

    public static SourceMailing Sms(string text = "Hello {{ firstname }}") => new()
    {
        Id = 71,
        ClientId = 9,
        Name = "text",
        Channel = MessageChannel.Sms,
        Subject = "",
        Text = text,
        TrackClicks = false,
    };

    public static SourceMailing Push(PushTemplates? push = null) => new()
    {
        Id = 72,
        ClientId = 9,
        Name = "push",
        Channel = MessageChannel.Push,
        Subject = "",
        Push = push ?? new PushTemplates { Title = "For {{ firstname }}", Body = "Doors open", Data = new Dictionary<string, string> { ["id"] = "{{ recipient_id }}" }, CollapseKey = "doors" },
        TrackClicks = false,
    };

    public static Task<MailingRow> MailingAsync(this DeliveryFixture delivery, SourceMailing source, ClientDefinition client, params (string Address, string Name)[] people) =>
        delivery.MailingAsync(source, client, [.. people.Select(person => new Dictionary<string, string>(StringComparer.Ordinal) { ["address"] = person.Address, ["firstname"] = person.Name })], []);

    /// <summary>A number of a test: no two alike.</summary>
    public static string Number(int n) => FormattableString.Invariant($"+49151{n:00000000}");

    public static string FcmToken(string name) => new PushAddress(PushPlatform.Fcm, name).ToString();

    /// <summary>A device token of APNs, made of one digit.</summary>
    public static string ApnsToken(char digit) => new PushAddress(PushPlatform.Apns, new string(digit, 64)).ToString();
}
