using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Operations.Pages;

/// <summary>Mail in the sink.</summary>
public sealed record SinkModel(bool IsThere, IReadOnlyList<SinkMail> Mails, string Search, long? Next, long? Before);
