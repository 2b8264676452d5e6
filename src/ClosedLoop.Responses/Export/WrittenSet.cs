using ClosedLoop.Responses.Export.Manifests;

namespace ClosedLoop.Responses.Export;

/// <summary>Files of a run as written, before they are published.</summary>
/// <param name="Tables">The eight.</param>
/// <param name="Document">The manifest beside them, or <c>null</c>.</param>
/// <param name="DocumentFile">Its file.</param>
internal sealed record WrittenSet(ExportManifest Tables, ManifestDocument? Document, ExportedFile? DocumentFile)
{
    /// <summary>In the order in which the names may appear: the last of the eight tells a consumer that all is there, the manifest too.</summary>
    public IReadOnlyList<ExportedFile> InOrder => DocumentFile is null ? Tables.Files : [.. Tables.Files.SkipLast(1), DocumentFile, Tables.Files[^1]];
}
