using System.Buffers;
using System.Text;
using ClosedLoop.Delivery.Channels;
using ClosedLoop.Liquid;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>The templates of a notification. All are rendered for every device, whatever its platform, so that ordinals of links are the same whenever they are rendered again.</summary>
internal sealed class CompiledPush
{
    public const string TitlePart = "push.title";
    public const string BodyPart = "push.body";
    public const string ImagePart = "push.image";
    public const string CollapsePart = "push.collapseKey";
    public const string DataPart = "push.data.";
    public const string FcmPart = "push.fcm";
    public const string ApnsPart = "push.apns";

    private readonly PushTemplates _source;
    private readonly LiquidTemplate? _title;
    private readonly LiquidTemplate? _body;
    private readonly LiquidTemplate? _image;
    private readonly LiquidTemplate? _collapse;
    private readonly List<(string Name, LiquidTemplate Template)> _data;
    private readonly JsonTemplate? _fcm;
    private readonly JsonTemplate? _apns;

    /// <param name="source">The notification.</param>
    /// <param name="parse">Makes a template of a text; with tracked links where the third argument says so.</param>
    public CompiledPush(PushTemplates source, Func<string, string, bool, LiquidTemplate> parse)
    {
        _source = source;
        _title = source.Title is null ? null : parse(source.Title, TitlePart, false);
        _body = source.Body is null ? null : parse(source.Body, BodyPart, false);
        _image = source.Image is null ? null : parse(source.Image, ImagePart, false);
        _collapse = source.CollapseKey is null ? null : parse(source.CollapseKey, CollapsePart, false);
        _data = [.. source.Data.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => (entry.Key, parse(entry.Value, DataPart + entry.Key, true)))];
        _fcm = source.Fcm is null ? null : new JsonTemplate(source.Fcm, text => IsTemplate(text) ? parse(text, FcmPart, true) : null);
        _apns = source.Apns is null ? null : new JsonTemplate(source.Apns, text => IsTemplate(text) ? parse(text, ApnsPart, true) : null);
    }

    /// <summary>All texts with the names of their parts, for checks.</summary>
    public static IEnumerable<(string Part, string? Text)> Parts(PushTemplates source) =>
        [(TitlePart, source.Title), (BodyPart, source.Body), (ImagePart, source.Image), (CollapsePart, source.CollapseKey), .. source.Data.Select(entry => (DataPart + entry.Key, (string?)entry.Value))];

    public PushNotification Render(LiquidRow row, MessageState state)
    {
        var output = new ArrayBufferWriter<byte>(256);
        var title = Write(_title);
        var body = Write(_body);
        var image = Write(_image);
        var collapse = Write(_collapse);
        var data = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, template) in _data) data[name] = Write(template)!;
        return new PushNotification
        {
            Title = title,
            Body = body,
            Image = string.IsNullOrWhiteSpace(image) ? null : image,
            CollapseKey = string.IsNullOrWhiteSpace(collapse) ? null : collapse,
            Data = data,
            TimeToLive = _source.TimeToLiveSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Fcm = Whole(_fcm),
            Apns = Whole(_apns),
        };

        // Said outright: by way of its conversion from arrays, null would become a memory that is there and empty.
        ReadOnlyMemory<byte>? Whole(JsonTemplate? template) => template is null ? default(ReadOnlyMemory<byte>?) : template.Render(row, state);

        string? Write(LiquidTemplate? template)
        {
            if (template is null) return null;
            output.ResetWrittenCount();
            template.Render(output, row, state);
            return Encoding.UTF8.GetString(output.WrittenSpan);
        }
    }

    /// <summary>Every dialect begins what it fills with one of these, and links are tracked in strings that hold an address.</summary>
    private static bool IsTemplate(string text) => text.AsSpan().IndexOfAny('{', '$') >= 0 || text.Contains("://", StringComparison.Ordinal);
}
