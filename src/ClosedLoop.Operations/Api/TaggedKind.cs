namespace ClosedLoop.Operations.Api;

/// <summary>Things that have a tag.</summary>
internal enum TaggedKind
{
    Mailing,
    File,
    Source,
}
