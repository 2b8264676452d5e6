using ClosedLoop.Model.Responses;

namespace ClosedLoop.Operations.Reading;

/// <summary>One response.</summary>
public sealed record ResponseLine(long At, ResponseCategory Category, string Origin, string? Detail, long MailingId, int Sequence, int Ordinal, string Address, long? MailId = null);
