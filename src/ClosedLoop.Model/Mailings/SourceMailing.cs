using System.Text.Json.Serialization;

namespace ClosedLoop.Model.Mailings;

/// <summary>
/// A mailing edited by a person and never sent itself; every group of a file sends a copy of it
/// (closed-loop spec section 7). Stored versioned; the copy freezes one version.
/// </summary>
public sealed record SourceMailing
{
    public required long Id { get; init; }

    /// <summary>The client that may use it.</summary>
    public required long ClientId { get; init; }

    public required string Name { get; init; }

    public SourceStatus Status { get; init; } = SourceStatus.ActivationRequired;

    public SourceOrigin Origin { get; init; } = SourceOrigin.Editor;

    public SourceType Type { get; init; } = SourceType.Regular;

    /// <summary>When copies start, see <see cref="StartRule"/>.</summary>
    public string Start { get; init; } = StartRule.AfterImport;

    /// <summary>The language of subject and parts.</summary>
    public TemplateDialect Dialect { get; init; } = TemplateDialect.Liquid;

    /// <summary>By which way copies reach their recipients. Not written when it is mail, so that what was stored before there were others keeps its hash.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public MessageChannel Channel { get; init; }

    /// <summary>A template, one line; empty for SMS and push, which have none.</summary>
    public required string Subject { get; init; }

    /// <summary>A template; the HTML part.</summary>
    public string? Html { get; init; }

    /// <summary>A template; the text part, or the text of an SMS.</summary>
    public string? Text { get; init; }

    /// <summary>What an SMS has besides its text; null for the client's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SmsTemplates? Sms { get; init; }

    /// <summary>The notification; required for push, null for the others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PushTemplates? Push { get; init; }

    public bool TrackOpens { get; init; } = true;

    public bool TrackClicks { get; init; } = true;

    /// <summary>Values frozen with the copy, under <c>campaign</c> in the templates.</summary>
    public IReadOnlyDictionary<string, string> Campaign { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Content fetched when the mailing is copied, under <c>content</c> in the templates.</summary>
    public IReadOnlyDictionary<string, ContentReference> Content { get; init; } = new Dictionary<string, ContentReference>(StringComparer.Ordinal);

    /// <summary>Sender of this mailing where it is not the client's; null for the client's.</summary>
    public SenderTemplates? Sender { get; init; }

    /// <summary>Whether pictures travel with the mail; null as the client's <c>content.embedImages</c> says.</summary>
    public bool? EmbedImages { get; init; }

    /// <summary>Files that go with every mail.</summary>
    public IReadOnlyList<SourceAttachment> Attachments { get; init; } = [];

    /// <summary>Pictures beside the HTML part, by the relative address that stands in <c>src</c>.</summary>
    public IReadOnlyDictionary<string, FrozenFile> Images { get; init; } = new Dictionary<string, FrozenFile>(StringComparer.Ordinal);

    /// <summary>Field functions of the dialect Campaign by name, in ODR.</summary>
    public IReadOnlyDictionary<string, string> Functions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Notes of the dialect Contactlab by label.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Which links of the HTML part are tracked where <see cref="TrackClicks"/> is on; link codes of the dialect Contactlab always are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public LinkTracking HtmlLinks { get; init; }

    /// <summary>The same of the text part, where nothing can be marked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public LinkTracking TextLinks { get; init; }

    /// <summary>Charset the mail is written in; null for UTF-8.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Charset { get; init; }
}
