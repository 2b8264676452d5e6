namespace ClosedLoop.Optimove.Double;

/// <summary>A registered listener; channel 0 stands for none.</summary>
public sealed record DoubleListener(int EventType, int ChannelId, string Url);
