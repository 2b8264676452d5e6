using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Silo.Definitions;

/// <summary><c>mailing.json</c>: a source mailing whose parts stand in files beside it.</summary>
internal sealed record MailingFile
{
    public required long Id { get; init; }

    public required string Name { get; init; }

    public SourceStatus Status { get; init; } = SourceStatus.ActivationRequired;

    public SourceOrigin Origin { get; init; } = SourceOrigin.Editor;

    public SourceType Type { get; init; } = SourceType.Regular;

    /// <summary>When copies start, see <see cref="StartRule"/>.</summary>
    public string Start { get; init; } = StartRule.AfterImport;

    /// <summary>The language of subject and parts.</summary>
    public TemplateDialect Dialect { get; init; } = TemplateDialect.Liquid;

    /// <summary>By which way copies reach their recipients.</summary>
    public MessageChannel Channel { get; init; }

    /// <summary>A template, one line; SMS and push have none.</summary>
    public string? Subject { get; init; }

    /// <summary>File of the HTML part.</summary>
    public string? Html { get; init; }

    /// <summary>File of the text part, or of the text of an SMS.</summary>
    public string? Text { get; init; }

    /// <summary>What an SMS has besides its text.</summary>
    public SmsTemplates? Sms { get; init; }

    /// <summary>The notification of a mailing of channel push.</summary>
    public PushFile? Push { get; init; }

    public bool TrackOpens { get; init; } = true;

    /// <summary>Not given, mails track clicks; an SMS does not, because tracked links are long.</summary>
    public bool? TrackClicks { get; init; }

    public IReadOnlyDictionary<string, string> Campaign { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Content fetched when the mailing is copied, by name.</summary>
    public IReadOnlyDictionary<string, ContentReference> Content { get; init; } = new Dictionary<string, ContentReference>(StringComparer.Ordinal);

    /// <summary>Sender of this mailing, each piece a template; what is left out is the client's.</summary>
    public SenderTemplates? Sender { get; init; }

    /// <summary>Whether pictures travel with the mail; not given, as the client says.</summary>
    public bool? EmbedImages { get; init; }

    /// <summary>Files that go with every mail.</summary>
    public IReadOnlyList<AttachmentEntry> Attachments { get; init; } = [];

    /// <summary>Field functions of the dialect Campaign by name, in ODR.</summary>
    public IReadOnlyDictionary<string, string> Functions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Notes of the dialect Contactlab by label.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
