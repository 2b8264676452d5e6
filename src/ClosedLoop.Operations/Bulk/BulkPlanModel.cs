namespace ClosedLoop.Operations.Bulk;

/// <summary>A bulk action that waits for its reason.</summary>
public sealed record BulkPlanModel(BulkPlan Plan, string Next);
