namespace ClosedLoop.Silo.Configuration;

/// <summary>What the settings in force were read from; empty when they were made by code.</summary>
internal sealed record SettingSources(IConfigurationRoot Configuration);
