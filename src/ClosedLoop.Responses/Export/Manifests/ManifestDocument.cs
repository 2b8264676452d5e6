using System.Reflection;
using System.Text.Json;
using ClosedLoop.Data.Exports;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;

namespace ClosedLoop.Responses.Export.Manifests;

/// <summary>
/// The file beside a set that says what the set is: with it, whoever fetched the files can tell that they are whole. Written before the last of the eight, which
/// goes on marking a complete run. The same run gives the same bytes, except for the version of the service.
/// </summary>
public sealed record ManifestDocument
{
    /// <summary>What <see cref="Schema"/> is.</summary>
    public const string CurrentSchema = "closedloop-export-manifest/1";

    /// <summary>Its key among the files, beside those of the eight tables.</summary>
    public const string Key = "manifest";

    private static readonly JsonSerializerOptions Indented = new(DefinitionJson.Options) { WriteIndented = true, NewLine = "\n" };

    public string Schema { get; init; } = CurrentSchema;

    /// <summary>Version of the program that wrote the set.</summary>
    public required string Service { get; init; }

    public required long Run { get; init; }

    public required long ClientId { get; init; }

    public required string Client { get; init; }

    /// <summary>The period is (<see cref="From"/>, <see cref="To"/>] by recording time, UTC; the first run has no beginning.</summary>
    public DateTimeOffset? From { get; init; }

    public required DateTimeOffset To { get; init; }

    /// <summary>Zone of the date-times in the files.</summary>
    public required string TimeZone { get; init; }

    public required bool Header { get; init; }

    public required ExportQuote Quote { get; init; }

    public required ExportRecipients Recipients { get; init; }

    public required ExportLinks Links { get; init; }

    public required IReadOnlyList<string> ExtraFields { get; init; }

    /// <summary>The eight files in the order in which they appear.</summary>
    public required IReadOnlyList<ExportedFile> Files { get; init; }

    internal static ManifestDocument Of(ExportRun run, ClientDefinition client, IReadOnlyList<ExportedFile> files) => new()
    {
        Service = typeof(ManifestDocument).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0],
        Run = run.RunId,
        ClientId = client.Id,
        Client = client.Key,
        From = run.CutFrom == 0 ? null : Instants.FromMicroseconds(run.CutFrom),
        To = Instants.FromMicroseconds(run.CutTo),
        TimeZone = client.Export.TimeZone,
        Header = client.Export.Header,
        Quote = ExportFormat.Of(client.Export).QuoteAll ? ExportQuote.All : ExportQuote.Minimal,
        Recipients = client.Export.Recipients,
        Links = client.Export.Links,
        ExtraFields = client.Export.ExtraFields,
        Files = files,
    };

    /// <exception cref="JsonException">It is no manifest.</exception>
    public static ManifestDocument Read(ReadOnlySpan<byte> json)
    {
        var manifest = JsonSerializer.Deserialize<ManifestDocument>(json, DefinitionJson.Options) ?? throw new JsonException("The manifest is null.");
        return manifest.Schema == CurrentSchema ? manifest : throw new JsonException($"The schema is '{manifest.Schema}'; expected {CurrentSchema}.");
    }

    internal byte[] ToBytes() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Indented), (byte)'\n'];

    /// <summary>Whether it tells the same as the bytes of another one, which an earlier version may have written.</summary>
    internal bool TellsTheSameAs(ReadOnlySpan<byte> other)
    {
        try
        {
            return (Read(other) with { Service = Service }).ToBytes().AsSpan().SequenceEqual(ToBytes());
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
