namespace ClosedLoop.Operations.Api;

/// <summary>A mailing with what happened to it.</summary>
internal sealed record ApiMailingDetail(ApiMailing Mailing, ApiFunnel Funnel, IReadOnlyList<ApiDomain> Domains, IReadOnlyList<ApiReason> Reasons, ApiCurve Curve, ApiLatency? Latency, ApiProvenance MadeOf, bool IsCounting);
