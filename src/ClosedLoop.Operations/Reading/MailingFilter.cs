using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Operations.Reading;

/// <summary>Which mailings a list shows.</summary>
public sealed record MailingFilter(long? ClientId = null, MailingState? State = null, string? Search = null);
