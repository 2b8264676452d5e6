namespace ClosedLoop.Operations.Reading;

/// <summary>What a mailing's own screen shows besides its line.</summary>
/// <param name="Funnel">Distinct recipients who did something.</param>
/// <param name="Domains">Outcomes by recipient domain; <c>null</c> while they are being counted.</param>
/// <param name="Links">Clicks by position of the link, with what it leads to as the first recipient got it.</param>
/// <param name="Reasons">Why recipients were not sent to, most first; <c>null</c> while they are being counted.</param>
/// <param name="Progress">Outcomes over time.</param>
/// <param name="Curve">How far it was over time, beside its plan.</param>
/// <param name="Latency">How long messages took; <c>null</c> while that is being counted.</param>
/// <param name="Responses">What came back, by category.</param>
/// <param name="Exports">Runs whose period the mailing falls into.</param>
/// <param name="Made">What it was made of.</param>
/// <param name="IsCounting">Something of it is still being counted.</param>
public sealed record MailingDetail(
    Funnel Funnel, IReadOnlyList<DomainLine>? Domains, IReadOnlyList<LinkLine> Links, IReadOnlyList<ReasonLine>? Reasons, IReadOnlyList<FlowPoint> Progress, SendCurve Curve, Latency? Latency,
    IReadOnlyList<NamedCount> Responses, IReadOnlyList<ExportLine> Exports, Provenance Made, bool IsCounting);
