using System.Text.Json.Serialization;
using ClosedLoop.Model.Lists;

namespace ClosedLoop.Model.Clients;

/// <summary>The contract with one client: who it is, what its files look like, where its mail goes. Stored versioned.</summary>
public sealed record ClientDefinition
{
    /// <summary>Client id; <c>mailingGroupId</c> in every export.</summary>
    public required long Id { get; init; }

    /// <summary>Short name for folders and commands: <c>[a-z0-9-]{1,40}</c>.</summary>
    public required string Key { get; init; }

    public string? Name { get; init; }

    /// <summary>IANA zone of start times; that of the export when not given.</summary>
    public string? TimeZone { get; init; }

    public ListDefinition List { get; init; } = ListDefinition.Default;

    public CsvDialect Dialect { get; init; } = new();

    public FolderSettings Folders { get; init; } = new();

    public SftpSettings Sftp { get; init; } = new();

    public ImportSettings Import { get; init; } = new();

    public required SenderSettings Sender { get; init; }

    public RelaySettings Relay { get; init; } = new();

    public MailSettings Mail { get; init; } = new();

    /// <summary>The ways besides mail; null without any, and not written then, so that definitions stored before keep their hash.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ChannelSettings? Channels { get; init; }

    public BounceSettings Bounce { get; init; } = new();

    public ContentSettings Content { get; init; } = new();

    public ProductSettings Products { get; init; } = new();

    public TemplateSettings Template { get; init; } = new();

    public NotifySettings Notify { get; init; } = new();

    public RetentionSettings Retention { get; init; } = new();

    public ExportSettings Export { get; init; } = new();

    /// <summary>Root of the client's folders on this machine.</summary>
    /// <param name="drop">Folder below which relative roots lie.</param>
    public string RootBelow(string drop) => Path.GetFullPath(Path.Combine(drop, Folders.Root ?? Key));
}
