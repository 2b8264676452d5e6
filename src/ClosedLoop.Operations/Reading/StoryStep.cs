namespace ClosedLoop.Operations.Reading;

/// <summary>Something that happened to a message.</summary>
/// <param name="At">Microseconds.</param>
/// <param name="What">In a few words.</param>
/// <param name="Detail">More, or <c>null</c>.</param>
/// <param name="Tone">How it is shown.</param>
/// <param name="Lane">Who did it: this service, the reader, or the other side.</param>
public sealed record StoryStep(long At, string What, string? Detail, string Tone, StoryLane Lane = StoryLane.Service);
