namespace ClosedLoop.Operations.Api;

/// <summary>A file with what was found in it.</summary>
internal sealed record ApiFileDetail(ApiFile File, IReadOnlyList<ApiProblem> Problems, long? PreviousFileId, IReadOnlyList<ApiMailing> Mailings, IReadOnlyList<ApiApproval> Approvals);
