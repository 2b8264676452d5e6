namespace ClosedLoop.Benchmarks.Pipeline;

/// <summary>One stage.</summary>
/// <param name="Name">Name of the stage.</param>
/// <param name="CpuSeconds">Processor time.</param>
/// <param name="WallSeconds">Wall time; for stages of the sending path added up over the groups under way, so more than the clock's.</param>
/// <param name="MicrosecondsPerRecipient">Processor time per recipient.</param>
internal sealed record PipelineStage(string Name, double CpuSeconds, double WallSeconds, double MicrosecondsPerRecipient);
