using ClosedLoop.Data.Files;

namespace ClosedLoop.Operations.Reading;

/// <summary>A file in a list.</summary>
public sealed record FileLine(InboundFile File, string ClientKey);
